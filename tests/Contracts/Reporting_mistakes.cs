using Benchmark.Contracts.Registry;

namespace Benchmark.Contracts.Tests;

public sealed class Reporting_mistakes : IDisposable
{
    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reports_ten_different_mistakes_at_once_with_place_and_remedy()
    {
        const string registry = """
            version: 2
            defaults:
              treshold: 0.05
              drift: {bins: many}
              schedule: monthly
              time_zone: Europe/Zurick
            sources:
              snowflake: {kind: snowflak, connection: "${SNOWFLAKE_CON}"}
            value_streams:
              ../../etc:
                models:
                  passwd: {table: T, threshold: 1.5}
              value_stream_1:
                models:
                  model_x:
                    table: T
                    query: select 1
                  model_y:
                    source: snowflaek
                    table: T
                    columns:
                      score: {type: number, min: 850, max: 300}
                  model_y: {table: T}
            """;

        var problems = _folder.Problems(registry);

        problems.Should().Equal(
            "models.yaml(1,10): 'version' must be 1; '2' is not.",
            "models.yaml(3,3): unknown key 'treshold'. Did you mean 'threshold'?",
            "models.yaml(4,17): 'bins' must be an integer from 2 to 1000; 'many' is not.",
            "models.yaml(5,3): 'monthly' is not a cron expression: 1 field instead of 5. Write minute, hour, day of "
            + "month, month and day of week, such as '0 0 1 * *', or \"@monthly\".",
            "models.yaml(6,3): 'Europe/Zurick' is not a time zone of this machine. Did you mean 'Europe/Zurich'?",
            "models.yaml(8,21): 'kind' must be one of snowflake, duckdb, postgres, sqlite; 'snowflak' is not. Did "
            + "you mean 'snowflake'?",
            "models.yaml(10,3): '../../etc' is not a name ([A-Za-z0-9][A-Za-z0-9_-]{0,63}).",
            "models.yaml(12,37): 'threshold' must be a number from 0 to 1; '1.5' is not.",
            "models.yaml(15,7): value_stream_1/model_x has more than one of table, query and query_file. Give "
            + "exactly one of table, query and query_file.",
            "models.yaml(19,9): there is no source 'snowflaek'. Did you mean 'snowflake'?",
            "models.yaml(22,38): 'min' 850 of column 'score' is above its 'max' 300. Swap them.",
            "models.yaml(23,7): 'model_y' is given twice. The first is in line 18.");
    }

    [Fact]
    public void Says_how_to_get_a_registry_when_there_is_none()
    {
        var act = () =>
            RegistryReader.Read(_folder.PathOf("models.yaml"), _folder.Environment, RegistryFolder.VolumeRoot);

        var problem = act.Should().Throw<RegistryException>().Which.Problems.Should().ContainSingle().Which;
        problem.Where.Should().Be(_folder.PathOf("models.yaml"));
        problem.Problem.Should().Be("there is no registry here.");
        problem.Hint.Should().ContainAll("benchmark demo", "BENCHMARK_REGISTRY", "--registry", "_BENCHMARKING_PATH");
    }

    [Theory]
    [InlineData("", "models.yaml(1,1): the file says nothing. Begin with 'version: 1'.")]
    [InlineData("# only a comment", "models.yaml(1,1): the file says nothing. Begin with 'version: 1'.")]
    [InlineData("just text", "models.yaml(1,1): the registry must be a mapping, not a single value.")]
    [InlineData("[1, 2]", "models.yaml(1,1): the registry must be a mapping, not a list.")]
    [InlineData(
        "version: 1", "models.yaml: the registry lists no model. Add one under value_streams: <name>: models:.")]
    public void Refuses_a_file_that_is_no_registry(string yaml, string expected)
    {
        _folder.Problems(yaml).Should().Contain(expected);
    }

    [Theory]
    [InlineData(
        "version: 1\nvalue_streams:\n  vs: {}\n models: {}",
        "models.yaml(4,2): this is not valid YAML: While parsing a block mapping")]
    [InlineData(
        "version: 1\ndefaults: {threshold: @1}",
        "models.yaml(2,23): this is not valid YAML: While scanning for the next token")]
    [InlineData(
        "version: 1\ndefaults: {threshold: 0.1\nsources: {}\n",
        "models.yaml(2,21): this is not valid YAML, from here on or soon after. Look for a quote, { or [ that is not "
        + "closed.")]
    [InlineData(
        "version: *nowhere", "models.yaml(1,10): this is not valid YAML: nothing before it is named 'nowhere'.")]
    [InlineData("a: &a [*a]", "models.yaml(1,8): this is not valid YAML: nothing before it is named 'a'.")]
    public void Says_where_YAML_is_broken(string yaml, string expected)
    {
        _folder.Problems(yaml).Should().ContainSingle().Which.Should().StartWith(expected);
    }

    [Fact]
    public void Reports_a_broken_file_together_with_the_mistakes_of_the_others()
    {
        _folder.Write("a.yaml", "version: 1\nsources: {a: [");
        _folder.Write("b.yaml", "version: 1\nvaluestreams: {}");
        _folder.Write("c.yaml", "version: 1\nvalue_streams: {vs: {models: {m: {table: T, source: a}}}}");

        var problems = _folder.ProblemsOfAll();

        problems.Should().HaveCount(2);
        problems[0].Should().StartWith("a.yaml(");
        problems[1].Should().Be("b.yaml(2,1): unknown key 'valuestreams'. Did you mean 'value_streams'?");
    }

    [Fact]
    public void Reports_what_two_files_both_say()
    {
        _folder.Write("a.yaml", """
            version: 1
            defaults: {threshold: 0.1}
            sources: {s: {kind: duckdb, connection: x}}
            value_streams: {vs: {defaults: {source: s}, models: {m: {table: T}}}}
            """);
        _folder.Write("b.yaml", """
            version: 1
            defaults: {threshold: 0.1}
            sources: {s: {kind: duckdb, connection: x}}
            value_streams: {vs: {defaults: {source: s}, models: {m: {table: T}}}}
            """);

        var problems = _folder.ProblemsOfAll();

        problems.Should().Equal(
            $"b.yaml(2,1): defaults: defined twice. The first is in a.yaml(2,1).",
            $"b.yaml(3,11): source 's' is defined twice. The first is in a.yaml(3,11).",
            $"b.yaml(4,22): defaults of vs: defined twice. The first is in a.yaml(4,22).",
            $"b.yaml(4,54): model 'm' is defined twice. The first is in a.yaml(4,54).");
    }

    [Fact]
    public void Asks_for_the_address_of_an_owner_who_is_to_be_told()
    {
        var problems = _folder.Problems("""
            version: 1
            defaults: {owner: Risk Analytics}
            value_streams:
              vs:
                models:
                  m: {table: T, notify: {failures: {owner: true}}}
                  n: {table: T, owner: Credit, notify: {owner: true}}
                  o: {table: T, owner: o@bank.example, notify: {owner: true}}
            """);

        problems.Should().Equal(
            "models.yaml(6,21): 'notify.owner' is true, but the owner 'Risk Analytics' is not an email address. Write "
            + "'owner' as an email address, such as risk-analytics@bank.example, or set notify: {owner: false}.",
            "models.yaml(7,21): 'notify.owner' is true, but the owner 'Credit' is not an email address. Write "
            + "'owner' as an email address, such as risk-analytics@bank.example, or set notify: {owner: false}.");
    }

    [Theory]
    [InlineData("threshold: \"0.1\"", "'threshold' must be a number from 0 to 1; '0.1' is not. Remove the quotes.")]
    [InlineData("threshold: .nan", "'threshold' must be a number from 0 to 1; '.nan' is not.")]
    [InlineData("threshold: NaN", "'threshold' must be a number from 0 to 1; 'NaN' is not.")]
    [InlineData("threshold: [0.1]", "'threshold' must be a number from 0 to 1, not a list.")]
    [InlineData("threshold:", "'threshold' has no value. It must be a number from 0 to 1.")]
    [InlineData(
        "keep_versions: 99999999999999999999",
        "'keep_versions' must be an integer from 1 to 1000; '99999999999999999999' is not.")]
    [InlineData("keep_versions: 0", "'keep_versions' must be an integer from 1 to 1000; '0' is not.")]
    [InlineData("notify: {on: failure}", "'on' must be one of always, trouble, moved; 'failure' is not.")]
    [InlineData("notify: {webhook: ftp://x}",
        "'webhook' must be ${NAME} of an environment variable, or an https:// address; 'ftp://x' is not.")]
    [InlineData("notify: {failures: {emial: []}}", "unknown key 'emial'. Did you mean 'email'?")]
    [InlineData("notify: {owner: true}", "'notify.owner' is true, but the model has no owner. Write 'owner' as an "
        + "email address, such as risk-analytics@bank.example, or set notify: {owner: false}.")]
    [InlineData("notify: {slack: yes}", "'slack' must be true or false; 'yes' is not.")]
    [InlineData("fetch_timeout: 15", "'fetch_timeout' must be a duration such as 90s, 15m, 6h or 40d; '15' is not.")]
    [InlineData("fetch_timeout: 0s", "'fetch_timeout' must be a duration such as 90s, 15m, 6h or 40d; '0s' is not.")]
    [InlineData(
        "fetch_timeout: \"15m\\n\"", "'fetch_timeout' must be a duration such as 90s, 15m, 6h or 40d; '15m ' is not.")]
    [InlineData("ready_timeout: 2d",
        "'ready_timeout' is longer than a day. Write 24h or less, or schedule the refresh for when the source is "
        + "loaded.")]
    [InlineData("run_deadline: 60d",
        "'run_deadline' is longer than 30 days. Write 30d or less: its report is to come before the next run of a "
        + "month.")]
    [InlineData("fetch_timeout: 2d",
        "'fetch_timeout' is longer than a day. Write 24h or less: a fetch that hangs is to end some time.")]
    [InlineData(
        "schedule: 0 25 1 * *",
        "'0 25 1 * *' is not a cron expression: hours must be a number between 0 and 23 (all inclusive). Write "
        + "minute, hour, day of month, month and day of week, such as '0 0 1 * *', or \"@monthly\".")]
    [InlineData(
        "schedule: 0 0 1 *",
        "'0 0 1 *' is not a cron expression: 4 fields instead of 5. Write minute, hour, day of month, month and day of "
        + "week, such as '0 0 1 * *', or \"@monthly\".")]
    [InlineData(
        "schedule: 0 0 31 2 *",
        "'0 0 31 2 *' never fires: no year has such a day. Correct its day of month, month or day of week; L as day of "
        + "month is the last day.")]
    [InlineData(
        "schedule: H 0 * * *",
        "'H 0 * * *' is not a cron expression: H stands for no fixed time. Write minute, hour, day of month, month and "
        + "day of week, such as '0 0 1 * *', or \"@monthly\".")]
    [InlineData(
        "schedule: \"@every_second\"",
        "'@every_second' is not a schedule. Of these words there are @hourly, @daily, @midnight, @weekly, @monthly, "
        + "@yearly, @annually.")]
    [InlineData("schema: freez", "'schema' must be one of freeze, evolve; 'freez' is not. Did you mean 'freeze'?")]
    [InlineData(
        "notify: {email: team@bank.example}",
        "'email' must be a list, each an email address such as team@bank.example, not a single value. Write [ and ] "
        + "around it.")]
    [InlineData(
        "notify: {email: [team]}", "'email' must be an email address such as team@bank.example; 'team' is not.")]
    [InlineData("drift: off", "'drift' must be a mapping, not a single value.")]
    [InlineData(
        "drift: {warn: 0.3}",
        "drift warns at 0.3, which is above the 0.25 it fails at. 'warn' must not be above 'fail'.")]
    [InlineData("drift: {on_fail: stop}", "'on_fail' must be one of reject, warn; 'stop' is not.")]
    [InlineData("drift: {anchor: 0}", "'anchor' must be an integer from 1 to 1000000; '0' is not.")]
    [InlineData("drift: {anchor: first}", "'anchor' must be an integer from 1 to 1000000; 'first' is not.")]
    [InlineData(
        "columns: {c: {drift: {anchor: 1}}}",
        "unknown key 'anchor'. Known here: edges, closed, groups, points, bins, warn, fail, on_fail, special.")]
    [InlineData("rows: {max: 0}", "rows must be at least 1, but at most 0. 'min' must not be above 'max'.")]
    [InlineData("rows: {min: -1}", "'min' must be an integer, at least 0; '-1' is not.")]
    [InlineData("key: []", "'key' is empty. List at least one column, or remove 'key'.")]
    [InlineData("key: [a, a]", "'key' names column 'a' twice. Remove one.")]
    [InlineData("columns: {c: {role: target}}", "'role' must be one of score, as_of; 'target' is not.")]
    [InlineData(
        "columns: {c: {type: int}}",
        "'type' must be one of string, integer, number, decimal, boolean, date, timestamp, time, bytes; 'int' is not.")]
    [InlineData(
        "columns: {c: {type: string, min: 1}}",
        "column 'c' is of type string, which has no minimum and no maximum. Remove 'min' and 'max', or use 'values'.")]
    [InlineData(
        "columns: {c: {type: date, min: 1}}",
        "'1' is not a date (yyyy-MM-dd). It limits column 'c': write it as the CSV does, for example 2026-01-31.")]
    [InlineData(
        "columns: {c: {min: low}}",
        "'low' is not an integer or a number or a decimal number or a date (yyyy-MM-dd) or a timestamp "
        + "(yyyy-MM-ddTHH:mm:ss) or a time (HH:mm:ss). It limits column 'c': write it as the CSV does, for example "
        + "-1234.")]
    [InlineData(
        "columns: {c: {type: date, min: 2026-01-02, max: 2026-01-01}}",
        "'min' 2026-01-02 of column 'c' is above its 'max' 2026-01-01. Swap them.")]
    [InlineData(
        "columns: {c: {min: 1, max: 2026-01-01}}",
        "'min' 1 and 'max' 2026-01-01 of column 'c' are of different types.")]
    [InlineData(
        "columns: {c: {values: []}}", "'values' of column 'c' is empty. List the allowed values, or remove 'values'.")]
    [InlineData(
        "columns: {c: {type: integer, values: [1, b]}}",
        "'b' is not an integer. Column 'c' is of type integer: write its values as the CSV does, for example -1234.")]
    [InlineData("columns: {\"\": {type: date}}", "'' is not a column's name.")]
    [InlineData(
        "columns: {c: {type: date, values: [\"\"]}}",
        "'' is not a date (yyyy-MM-dd). Column 'c' is of type date: write its values as the CSV does, for example "
        + "2026-01-31.")]
    [InlineData("columns: {c: {drift: of}}", "'drift' must be a mapping, or off, not a single value.")]
    [InlineData(
        "columns: {c: {drift: {warn: 0.9}}}",
        "drift warns at 0.9, which is above the 0.25 it fails at. 'warn' must not be above 'fail'.")]
    [InlineData(
        "query_file: missing.sql",
        "{folder}/missing.sql does not exist. A relative path is relative to the registry's directory.")]
    [InlineData("? [a]\n        : b", "a key must be text, not a list.")]
    public void Says_what_would_be_right(string line, string expected)
    {
        var way = line.StartsWith("query_file", StringComparison.Ordinal) ? "" : "table: T";
        var problems = _folder.Problems($"""
            version: 1
            value_streams:
              vs:
                models:
                  m:
                    {line}
                    {way}
            """);

        problems.Should().ContainSingle().Which.Should().MatchRegex(@"^models\.yaml\(\d+,\d+\): ")
            .And.EndWith($": {expected.Replace("{folder}/", "", StringComparison.Ordinal)}");
    }

    [Theory]
    [InlineData("{models: {m: {}}}", "vs/m has no table or query.")]
    [InlineData("{models: {m: {table: }}}", "'table' has no value. It must be text.")]
    [InlineData("{models: {common: {table: T}}}", "'common' cannot be a model's name.")]
    [InlineData("{models: {Shared_Data: {table: T}}}", "'Shared_Data' cannot be a model's name.")]
    [InlineData("{models: {a: {table: T}, A: {table: T}}}", "models 'a' and 'A' differ only in case. Rename one.")]
    [InlineData(
        "{models: {a: {table: T}}}\n  VS: {models: {b: {table: T}}}",
        "value streams 'vs' and 'VS' differ only in case. Rename one.")]
    [InlineData("{models: {../../etc: {table: T}}}", "'../../etc' is not a name")]
    [InlineData("{models: {\"m\\n\": {table: T}}}", "'m ' is not a name")]
    [InlineData(
        "{common: {shared: {table: T}}, models: {m: {table: T}}}", "unknown key 'shared'. Known here: shared_data.")]
    [InlineData("[models]", "'vs' must be a mapping, not a list.")]
    public void Refuses_a_value_stream_that_cannot_be(string stream, string expected)
    {
        _folder.Problems($"version: 1\nvalue_streams:\n  vs: {stream}\n").Should().Contain(p => p.Contains(expected));
    }

    [Theory]
    [InlineData(
        "{one: {kind: duckdb, connection: a}, two: {kind: duckdb, connection: b}}",
        "vs/m has no source. Name one of the sources with 'source', here or in 'defaults'.")]
    [InlineData(
        "{one: {connection: a}}", "'one' has no 'kind'. It must be one of snowflake, duckdb, postgres, sqlite.")]
    [InlineData("{one: {kind: duckdb}}", "'one' has no 'connection'. It must be text.")]
    [InlineData(
        "{one: {kind: duckdb, connection: a, max_concurrent_fetches: 0}}",
        "'max_concurrent_fetches' must be an integer from 1 to 100; '0' is not.")]
    [InlineData("[one]", "'sources' must be a mapping by name, not a list.")]
    public void Refuses_sources_that_cannot_be(string sources, string expected)
    {
        _folder.Problems($"version: 1\nsources: {sources}\nvalue_streams: {{vs: {{models: {{m: {{table: T}}}}}}}}\n")
            .Should().Contain(p => p.EndsWith(expected));
    }

    [Fact]
    public void Reports_a_contradiction_where_it_is_written_and_not_where_it_is_inherited()
    {
        var problems = _folder.Problems("""
            version: 1
            defaults: {source: nowhere, drift: {warn: 0.5, fail: 0.4}}
            value_streams: {vs: {models: {a: {table: T}, b: {table: T}, c: {table: T}}}}
            """);

        problems.Should().Equal(
            "models.yaml(2,12): there is no source 'nowhere'. The sources are: snowflake.",
            "models.yaml(2,37): drift warns at 0.5, which is above the 0.4 it fails at. 'warn' must not be above "
            + "'fail'.");
    }

    [Fact]
    public void Reports_a_file_that_is_not_UTF_8()
    {
        File.WriteAllBytes(_folder.PathOf("models.yaml"), [(byte)'a', 0xFF, 0xFE]);

        _folder.ProblemsOfAll()
            .Should().ContainSingle().Which.Should().Contain("is not UTF-8").And.EndWith("Save it as UTF-8.");
    }

    [Fact]
    public void Keeps_what_it_quotes_to_one_line()
    {
        var problem = _folder.Problems(
            $"version: 1\n\"{new string('a', 1000)}\\nb\": 1\nvalue_streams: {{vs: {{models: {{m: {{table: T}}}}}}}}")
            .Should().ContainSingle().Which;

        problem.Should().StartWith($"models.yaml(2,1): unknown key '{new string('a', 80)}…'.").And.NotContain("\n");
    }

    [Fact]
    public void Stops_at_aliases_of_aliases_that_would_fill_the_memory()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 12)
            .Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        _folder.Problems(bomb).Should().ContainSingle().Which.Should().Contain("more than 1000000 values");
    }

    [Fact]
    public void Stops_at_a_nesting_that_no_registry_has()
    {
        _folder.Problems(new string('[', 100_000))
            .Should().ContainSingle().Which.Should().Contain("nested more than 50 deep");
    }
}
