using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;
using Benchmark.Tests.Support;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Benchmark.Fetcher.Tests;

[NeedsPostgreSql]
public sealed class Checking_the_sources(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TempVolume _volume = new();

    [Fact]
    public async Task Suggests_the_nearest_table_of_SQLite_as_a_fetch_does() =>
        await SuggestsAsync(Sources.Sqlite(_volume, "create table customers (id integer)"), "customer", "'customers'");

    [Fact]
    public async Task Suggests_the_nearest_table_of_PostgreSQL_as_a_fetch_does()
    {
        server.Execute("create schema risk; create table risk.customers (id int)");
        var source = new SourceDefinition { Name = "demo", Kind = "postgres", Connection = server.ConnectionString };

        await SuggestsAsync(source, "RISK.CUSTOMER", "'risk.customers'");
    }

    [Fact]
    public async Task Suggests_a_table_of_mixed_case_as_it_has_to_be_written()
    {
        server.Execute("create schema mixed; create table mixed.\"Model_Y\" (id int)");
        var source = new SourceDefinition { Name = "demo", Kind = "postgres", Connection = server.ConnectionString };

        await SuggestsAsync(source, "mixed.Model_Y", "'mixed.\"Model_Y\"'");

        (await ProblemsAsync(source, Sources.Table("mixed.\"Model_Y\""))).Should().BeEmpty();
    }

    [Fact]
    public async Task Says_where_a_database_that_does_not_exist_is_named()
    {
        var source = new SourceDefinition
        {
            Name = "demo",
            Kind = "postgres",
            Connection = server.ConnectionString + ";Database=nowhere",
        };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Table("t")));
        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        var problem = (await ProblemsAsync(source, Sources.Table("t"))).Single();

        problem.Hint.Should().StartWith("Correct Database in 'connection'").And.Be(failed.Refresh.Hint);
    }

    [Fact]
    public async Task Says_that_the_server_ended_the_query()
    {
        var source = new SourceDefinition
        {
            Name = "demo",
            Kind = "postgres",
            Connection = server.ConnectionString + ";Options=-c statement_timeout=200",
        };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Query(
                "select count(*) as n from generate_series(1, 100000000) a, generate_series(1, 100000) b")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Hint.Should().StartWith("statement_timeout of the server");
    }

    [Fact]
    public async Task Suggests_the_nearest_table_of_DuckDB_as_a_fetch_does() => await SuggestsAsync(
        Sources.DuckDb(_volume, "create schema risk", "create table risk.customers (id integer)"),
        "risk.customer", "'risk.customers'");

    [Theory]
    [InlineData("sqlite")]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Never_suggests_the_table_of_another_month(string kind)
    {
        string[] tables = ["create table model_x_202610 (id integer)", "create table model_x_202609 (id integer)"];
        if (kind == "postgres")
            server.Execute($"create schema months; set search_path to months; {string.Join(';', tables)}");
        var source = kind switch
        {
            "sqlite" => Sources.Sqlite(_volume, tables),
            "duckdb" => Sources.DuckDb(_volume, tables),
            _ => new SourceDefinition { Name = "demo", Kind = kind, Connection = server.ConnectionString },
        };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Table("model_x_202611")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);
        var problem = (await ProblemsAsync(source, Sources.Table("model_x_202611"))).Single();

        failed.Refresh.Reason.Should().Contain("model_x_202611").And.NotContain("model_x_202610");
        failed.Refresh.Hint.Should().NotContain("Did you mean");
        problem.ToString().Should().Contain("model_x_202611").And.NotContain("model_x_202610");
    }

    [Fact]
    public async Task Ends_what_the_driver_says_before_it_says_what_to_do()
    {
        var source = new SourceDefinition
        {
            Name = "demo",
            Kind = "postgres",
            Connection = "Host=127.0.0.1;Port=1;Username=u;Database=d",
        };

        var problem = (await ProblemsAsync(source, Sources.Table("t"))).Single();

        problem.ToString().Should().StartWith("source demo: Failed to connect to 127.0.0.1:1. Correct the connection");
    }

    [Fact]
    public async Task Names_a_column_that_a_CSV_has_no_place_for()
    {
        var problem = (await ProblemsAsync(Sources.InMemory, Sources.Query("select [1, 2] as scores"))).Single();

        problem.Problem.Should().Be("Column 'scores' is of type LIST, which a CSV has no place for.");
        problem.Hint.Should().StartWith("Cast it in the query");
    }

    [Theory]
    [InlineData("select done from nowhere", "no such table: nowhere", "Correct 'ready' in the registry")]
    [InlineData("delete from loads", "'ready' cannot be asked: The query starts with 'delete'", "SELECT")]
    [InlineData("select month, month from loads", "'ready' gives 2 columns", "one comparison")]
    public async Task Looks_at_what_asks_whether_the_source_is_ready(string ready, string problem, string hint)
    {
        var source = Sources.Sqlite(_volume, "create table loads (month integer)");
        var models = new[] { "model_x", "model_y" }.Select(name =>
            Sources.Query("select 1 as id") with { Model = name, Ready = ready, Source = source.Name });

        var found = await SourceProbe.ProblemsAsync(
            Sources.Registry(source, [.. models]), CancellationToken.None);

        found.Should().ContainSingle().Which.IsOfRegistry.Should().BeTrue();
        found[0].Problem.Should().Match<RegistryProblem>(only =>
            only.Where == "'ready' of value_stream_1/model_x and 1 more"
            && only.Problem.Contains(problem) && only.Hint!.Contains(hint));
    }

    [Fact]
    public async Task Says_that_an_answer_is_neither_yes_nor_no()
    {
        var problem = (await ProblemsAsync(
            Sources.InMemory, Sources.Query("select 1 as id") with { Ready = "select current_date" })).Single();

        problem.Problem.Should().StartWith("'ready' gives a value of type Date, where one value that is true or false");
        problem.Hint.Should().StartWith("Write 'ready' as one comparison");
    }

    [Theory]
    [InlineData("select true")]
    [InlineData("select count(*) > 0 from range(3)")]
    [InlineData("select sum(i)::hugeint from range(3) r(i)")]
    [InlineData("select 1.5")]
    [InlineData("select 'true'")]
    public async Task Finds_nothing_wrong_with_an_answer_that_can_be_yes(string ready) =>
        (await ProblemsAsync(Sources.InMemory, Sources.Query("select 1 as id") with { Ready = ready }))
            .Should().BeEmpty();

    [Fact]
    public async Task Accepts_a_CSV_file_that_a_fetch_reads()
    {
        var file = Path.Combine(_volume.Root, "scores.csv");
        await File.WriteAllLinesAsync(
            file, Enumerable.Range(0, 50_000).Select(i => $"{i},{i % 700}").Prepend("id,score"));

        var problems = await ProblemsAsync(
            Sources.InMemoryWith(_volume.Root), Sources.Query($"select * from read_csv('{file}')"));

        problems.Should().BeEmpty();
    }

    [Fact]
    public async Task Says_that_a_WAL_file_needs_a_directory_that_can_be_written()
    {
        var kind = SourceKinds.BuiltIn.Of(new SourceDefinition { Name = "s", Kind = "sqlite", Connection = "" });
        await using var connection = new SqliteConnection("Data Source=:memory:");

        var hint = await kind.HintAsync(
            connection, new SqliteException("unable to open database file", raw.SQLITE_CANTOPEN), default);

        hint.Should().Contain("WAL mode").And.Contain("journal_mode = delete");
    }

    [Theory]
    [InlineData("select a frm t", true)]
    [InlineData("select a from nowhere", true)]
    [InlineData("select a from nowhere.t", true)]
    [InlineData("select b from t", true)]
    [InlineData("delete from t", true)]
    [InlineData("select a from denied", false)]
    public async Task Tells_what_PostgreSQL_refuses_for_its_words_from_a_grant_that_is_missing(
        string query, bool isOfRegistry)
    {
        server.Execute("""
            drop table if exists t, denied; create table t (a int); create table denied (a int);
            do $$ begin create role reader login password 'reader'; exception when duplicate_object then null; end $$;
            grant select on t to reader
            """);
        var source = new SourceDefinition
        {
            Name = "demo",
            Kind = "postgres",
            Connection = server.ConnectionString + ";Username=reader;Password=reader",
        };

        var found = await FoundAsync(source, Sources.Query(query));

        found.Single().IsOfRegistry.Should().Be(isOfRegistry, found.Single().ToString());
    }

    [Theory]
    [InlineData("select a frm t", true)]
    [InlineData("select a from nowhere", true)]
    [InlineData("select b from t", true)]
    [InlineData("select * from read_csv('/etc/passwd')", true)]
    [InlineData("select * from read_parquet('FILES/none*.parquet')", false)]
    public async Task Tells_what_DuckDB_refuses_for_its_words_from_a_file_that_is_not_there(
        string query, bool isOfRegistry)
    {
        var source = Sources.DuckDb(_volume, "create table t (a integer)") with { Files = [_volume.Root] };

        var found = await FoundAsync(source, Sources.Query(query.Replace("FILES", _volume.Root)));

        found.Single().IsOfRegistry.Should().Be(isOfRegistry, found.Single().ToString());
    }

    [Fact]
    public async Task Takes_a_connection_that_no_driver_accepts_for_a_mistake_of_the_registry()
    {
        var source = new SourceDefinition { Name = "demo", Kind = "postgres", Connection = "nonsense" };

        (await FoundAsync(source, Sources.Table("t"))).Single().IsOfRegistry.Should().BeTrue();
    }

    public void Dispose() => _volume.Dispose();

    private async Task SuggestsAsync(SourceDefinition source, string table, string nearest)
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Table(table)));
        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        var problem = (await ProblemsAsync(source, Sources.Table(table))).Single();

        problem.Hint.Should().StartWith($"Did you mean {nearest}?").And.Be(failed.Refresh.Hint);
        problem.Problem.Should().MatchRegex(@"[.^]$");
    }

    private static async Task<IReadOnlyList<RegistryProblem>> ProblemsAsync(
        SourceDefinition source, ModelDefinition model) =>
        [.. (await FoundAsync(source, model)).Select(found => found.Problem)];

    private static async Task<IReadOnlyList<SourceProblem>> FoundAsync(
        SourceDefinition source, ModelDefinition model) =>
        await SourceProbe.ProblemsAsync(
            Sources.Registry(source, model with { Source = source.Name }), CancellationToken.None);
}
