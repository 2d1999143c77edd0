using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Contracts.Tests;

public sealed class Reading_a_registry : IDisposable
{
    private readonly RegistryFolder _folder = new();

    /// <summary>The registry of the documentation, with every key there is.</summary>
    public const string Sample = """
        version: 1
        defaults:
          schedule: "0 0 1 * *"
          time_zone: UTC
          source: snowflake
          threshold: 0.05
          drift: {bins: 10, warn: 0.10, fail: 0.25, special: [-999]}
          rows: {min: 1}
          keep_versions: 12
          notify: {email: [model-risk@bank.example], slack: true}
        sources:
          snowflake: {kind: snowflake, connection: "${SNOWFLAKE_CONN}"}
          demo:      {kind: duckdb,    connection: "Data Source=warehouse.duckdb"}
        value_streams:
          value_stream_1:
            defaults: {keep_versions: 24}
            common:
              shared_data: {table: VALUE_STREAM_1.SHARED_DATA}
            models:
              model_x:
                table: VALUE_STREAM_1.MODEL_X
                owner: risk-analytics@bank.example
                key: [application_id]
                schema: freeze
                columns:
                  application_id: {type: integer, required: true}
                  score:   {type: number, role: score, min: 300, max: 850}
                  grade:   {type: string, values: [A, B, C, D], drift: {fail: 0.4}}
                  opened:  {type: date}
                  as_of:   {type: date, role: as_of, max_age: 40d}
                  age:     {type: integer, drift: {edges: [18.5, 40, 65], closed: left}}
                  country:
                    type: string
                    drift: {groups: {home: [CH, LI], euro: [DE, FR]}, points: {home: 12, euro: -3}}
                  comment: {drift: off}
                rows: {min: 1000, max_change: 0.5}
        """;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Understands_every_key_of_the_documented_sample()
    {
        var registry = _folder.Read(Sample);

        registry.Models.Select(m => m.Name.ToString())
            .Should().Equal("value_stream_1/model_x", "value_stream_1/shared_data");
        var drift = new DriftLimits { Bins = 10, Warn = 0.10, Fail = 0.25 };
        registry.Find("value_stream_1", "model_x").Should().BeEquivalentTo(new ModelDefinition
        {
            ValueStream = "value_stream_1",
            Model = "model_x",
            Source = "snowflake",
            Table = "VALUE_STREAM_1.MODEL_X",
            Owner = "risk-analytics@bank.example",
            Key = ["application_id"],
            Schema = SchemaPolicy.Freeze,
            Columns =
            [
                new() { Name = "application_id", Type = ColumnType.Integer, Required = true, Drift = drift },
                new() { Name = "score", Type = ColumnType.Number, IsScore = true, Min = "300", Max = "850",
                    Drift = drift },
                new() { Name = "grade", Type = ColumnType.String, Values = ["A", "B", "C", "D"],
                    Drift = drift with { Fail = 0.4 } },
                new() { Name = "opened", Type = ColumnType.Date, Drift = drift },
                new() { Name = "as_of", Type = ColumnType.Date, IsAsOf = true, MaxAge = TimeSpan.FromDays(40) },
                new() { Name = "age", Type = ColumnType.Integer, Drift = drift,
                    Bins = new() { Edges = ["18.5", "40", "65"], Closed = ClosedSide.Left } },
                new() { Name = "country", Type = ColumnType.String, Drift = drift,
                    Bins = new()
                    {
                        Groups = new Dictionary<string, IReadOnlyList<string>>
                        {
                            ["home"] = ["CH", "LI"],
                            ["euro"] = ["DE", "FR"],
                        },
                        Points = new Dictionary<string, double> { ["home"] = 12, ["euro"] = -3 },
                    } },
                new() { Name = "comment", Drift = null },
            ],
            Rows = new() { Min = 1000, MaxChange = 0.5 },
            Threshold = 0.05,
            Drift = drift,
            Special = ["-999"],
            KeepVersions = 24,
            KeepRejectedDays = 30,
            Schedule = "0 0 1 * *",
            TimeZone = "UTC",
            FetchTimeout = TimeSpan.FromMinutes(15),
            RunDeadline = TimeSpan.FromHours(6),
            Notify = new() { Email = ["model-risk@bank.example"], Slack = true },
        }, options => options.WithStrictOrdering());
    }

    [Fact]
    public void Leaves_the_secret_of_a_connection_to_who_opens_the_source()
    {
        _folder.Environment["SNOWFLAKE_CONN"] = "account=x;private_key=secret";

        var source = _folder.Read(Sample).Sources["snowflake"];
        var opened = source.Expand(_folder.Environment, out var missing);

        source.Connection.Should().Be("${SNOWFLAKE_CONN}");
        opened.Connection.Should().Be("account=x;private_key=secret");
        missing.Should().BeEmpty();
        opened.ToString().Should().Be("snowflake (snowflake)");
    }

    [Fact]
    public void Needs_no_secret_unless_sources_are_to_be_opened()
    {
        _folder.Environment.Clear();
        var file = _folder.Write("models.yaml", Sample);

        var registry = RegistryReader.Read(file, _folder.Environment, RegistryFolder.VolumeRoot);
        var toOpen = () =>
            RegistryReader.Read(file, _folder.Environment, RegistryFolder.VolumeRoot, toOpenSources: true);

        registry.Sources["snowflake"].Expand(_folder.Environment, out var missing);
        missing.Should().Equal("SNOWFLAKE_CONN");
        var problem = toOpen.Should().Throw<RegistryException>().Which.Problems.Should().ContainSingle().Which;
        problem.Problem.Should().Be(
            "environment variable SNOWFLAKE_CONN is not set; the connection of source 'snowflake' needs it, and "
            + "value_stream_1/shared_data reads from it.");
        problem.Hint.Should().Be("Set SNOWFLAKE_CONN, or give the model another source.");
        problem.Line.Should().BePositive();
        problem.Column.Should().BePositive();
    }

    [Fact]
    public void Leaves_an_unset_variable_alone_where_no_model_reads_from_the_source()
    {
        var file = _folder.Write("models.yaml", """
            version: 1
            defaults: {source: demo}
            sources:
              snowflake: {kind: snowflake, connection: "${NOT_SET_ANYWHERE}"}
              demo: {
                kind: duckdb, connection: "Data Source=warehouse.duckdb",
                max_concurrent_fetches: 2, allow_password: true}
            value_streams: {vs: {models: {m: {table: T}}}}
            """);

        var registry =
            RegistryReader.Read(file, _folder.Environment, RegistryFolder.VolumeRoot, toOpenSources: true);

        registry.Find("vs", "m")!.Source.Should().Be("demo");
        registry.Sources["demo"].Should().BeEquivalentTo(new SourceDefinition
        {
            Name = "demo",
            Kind = "duckdb",
            Connection = "Data Source=warehouse.duckdb",
            MaxConcurrentFetches = 2,
            AllowPassword = true,
        });
    }

    [Theory]
    [InlineData("@monthly")]
    [InlineData("@daily")]
    public void Takes_a_schedule_by_its_name(string schedule)
    {
        var registry = _folder.Read(
            $$"""{version: 1, value_streams: {vs: {models: {m: {table: T, schedule: "{{schedule}}" } } } } }""");

        registry.Find("vs", "m")!.Schedule.Should().Be(schedule);
    }

    [Fact]
    public void Reads_a_query_file_beside_the_registry()
    {
        _folder.Write("sql/m.sql", "select * from t");

        var model = _folder.Read("{version: 1, value_streams: {vs: {models: {m: {query_file: sql/m.sql}}}}}")
            .Find("vs", "m")!;

        model.Query.Should().Be("select * from t");
        model.Table.Should().BeNull();
    }

    [Fact]
    public void Reads_from_the_only_source_when_none_is_named()
    {
        var registry = _folder.Read("""
            version: 1
            sources: {only: {kind: sqlite, connection: "Data Source=a.db"}}
            value_streams: {vs: {models: {m: {query: select 1}}}}
            """);

        registry.Find("vs", "m")!.Source.Should().Be("only");
    }

    [Fact]
    public void Understands_anchors_aliases_and_merges()
    {
        var registry = _folder.Read("""
            version: 1
            value_streams:
              vs:
                models:
                  a:
                    table: A
                    columns: &columns
                      id: {type: integer, required: true}
                      score: {role: score}
                  b:
                    table: B
                    columns:
                      <<: *columns
                      score: {drift: off}
                  c: {table: C, columns: *columns}
            """);

        registry.Find("vs", "c")!.Columns.Should().BeEquivalentTo(registry.Find("vs", "a")!.Columns);
        registry.Find("vs", "b")!.Columns.Should().Contain(c => c.Name == "id" && c.Required)
            .And.Contain(c => c.Name == "score" && c.Drift == null && !c.IsScore);
    }

    [Fact]
    public void Merges_the_files_of_a_directory()
    {
        _folder.Write(
            "a.yaml", "{version: 1, defaults: {threshold: 0.2}, value_streams: {vs: {models: {a: {table: A}}}}}");
        _folder.Write(
            "b.yml",
            "{version: 1, value_streams: {vs: {defaults: {keep_versions: 3}, models: {b: {table: B}}}, other: "
            + "{models: {a: {table: OA}}}}}");
        _folder.Write("notes.txt", "not: [YAML");
        _folder.Write("..2026_11_22/c.yaml", "not: [YAML");

        var registry = _folder.ReadAll();

        registry.Models.Select(m => $"{m.Name}").Should().Equal("other/a", "vs/a", "vs/b");
        registry.Models.Should().OnlyContain(m => m.Threshold == 0.2);
        registry.Find("vs", "a")!.KeepVersions.Should().Be(3);
    }

    [Fact]
    public void Takes_values_as_they_are_written_and_empty_sections_as_silent()
    {
        var registry = _folder.Read("""
            version: 1
            defaults:
            value_streams:
              vs:
                models:
                  m:
                    table: T
                    rows:
                    columns:
                      flag: {type: boolean, values: [true, "false"]}
                      day: {type: date, min: 2020-01-01, max: "2030-12-31"}
                      at: {type: timestamp, min: 2020-01-01T00:00:00Z}
                      plain:
                      empty: {values: ["", x]}
            """);

        var columns = registry.Find("vs", "m")!.Columns;
        columns.Select(c => c.Name).Should().Equal("flag", "day", "at", "plain", "empty");
        columns[4].Values.Should().Equal("", "x");
        columns[0].Values.Should().Equal("true", "false");
        (columns[1].Min, columns[1].Max).Should().Be(("2020-01-01", "2030-12-31"));
        columns[2].Min.Should().Be("2020-01-01T00:00:00Z");
    }

    [Fact]
    public void Means_the_same_however_it_is_written()
    {
        var one = _folder.Read("{version: 1, value_streams: {vs: {models: {a: {table: A}, b: {table: B}}}}}");
        var other = _folder.Read("""
            # order and comments do not matter, defaults written out neither
            version: 1
            defaults: {threshold: 0.05, rows: {min: 1}}
            value_streams:
              vs:
                models:
                  b: {table: B}
                  a: {table: A}
            """);
        var changed = _folder.Read("{version: 1, value_streams: {vs: {models: {a: {table: A}, b: {table: BB}}}}}");

        other.Sha256.Should().Be(one.Sha256);
        changed.Sha256.Should().NotBe(one.Sha256);
    }

    [Fact]
    public void Allows_files_to_a_DuckDB_source_alone()
    {
        _folder.Problems("""
            version: 1
            sources: {s: {kind: sqlite, connection: "Data Source=x", files: [data]}}
            value_streams: {vs: {models: {m: {table: T}}}}
            """).Should().Equal("models.yaml(2,58): the source 's' is of kind sqlite, which reads no files beside its "
                + "database. Remove 'files': it is for duckdb.");
    }
}
