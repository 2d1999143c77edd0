using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Refusing_a_fetch : IDisposable
{
    private readonly TempVolume _volume = new();

    [Fact]
    public async Task Names_the_variable_of_a_secret_that_is_not_set_and_goes_on_with_other_sources()
    {
        var lacking = new SourceDefinition
        {
            Name = "risk",
            Kind = "postgres",
            Connection = "Host=127.0.0.1;Port=1;Username=hunter2;Password=${NOT_SET_ANYWHERE}",
        };
        var registry = new ModelRegistry(
            [
                Models.Named("value_stream_1", "model_x") with { Source = "risk" },
                Models.Named("value_stream_1", "model_y") with { Table = null, Query = "select 1 as id" },
            ],
            [lacking, Sources.InMemory], new NotifyTargets { Email = ["team@bank.example"], Slack = false });
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);
        var staged = await fetcher.AskAsync<ModelStaged>(Sources.Request with { Model = "model_y" });

        failed.Refresh.Reason.Should().Be(
            "The source risk (postgres) cannot be opened: environment variable NOT_SET_ANYWHERE is not set in this "
            + "process, and its connection needs it.");
        failed.Refresh.Hint.Should().Contain("restart the Fetcher").And.NotContain("hunter2");
        staged.Rows.Should().Be(1);
    }

    [Fact]
    public async Task Opens_a_source_with_the_secret_of_its_environment()
    {
        var name = $"BENCHMARK_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, ":memory:");
        var source = Sources.InMemory with { Connection = $"Data Source=${{{name}}}" };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Query("select 1 as id")));

        var staged = await fetcher.AskAsync<ModelStaged>(Sources.Request);

        staged.Rows.Should().Be(1);
    }

    [Theory]
    [InlineData("select * from nowhere", "Table with name nowhere does not exist", "Correct 'table' or 'query'")]
    [InlineData("select cast(case when i = 90000 then 'x' else '1' end as integer) v from range(100000) r(i)",
        "Could not convert string 'x' to INT32", "Correct 'table' or 'query'")]
    [InlineData("select nope from range(3)", "\"nope\" not found", "Correct 'table' or 'query'")]
    [InlineData("select * from read_csv('/nowhere/at/all.csv')", "Cannot access file", "in 'files' of the source")]
    [InlineData("select [1, 2] as scores", "Column 'scores' is of type LIST", "cast(scores as varchar)")]
    [InlineData("select {'a': 1} as s", "Column 's' is of type STRUCT", "cast(s as varchar)")]
    [InlineData("select interval 1 day as term", "Column 'term' is of type INTERVAL", "cast(term as varchar)")]
    [InlineData("select map {'a': 1} as m", "Column 'm' is of type MAP", "cast(m as varchar)")]
    [InlineData(
        "select '2024-01-01 00:00:00.123456789'::timestamp_ns as seen",
        "Column 'seen', row 1: The timestamp is finer than",
        "cast(seen as varchar)")]
    [InlineData("select 'infinity'::timestamp as seen", "Column 'seen', row 1: ", "cast(seen as varchar)")]
    [InlineData("select union_value(k := 1) as u", "Column 'u' is of type UNION", "cast(u as varchar)")]
    [InlineData("select '12:00:00+02'::timetz as t", "Column 't' is of type TIMETZ", "cast(t as varchar)")]
    [InlineData(
        "select '24:00:00'::time as t", "Column 't', row 1: The time is not between 00:00:00 and 23:59:59.9999999.",
        "cast(t as varchar)")]
    [InlineData("select 1 as a, 'infinity'::date as d", "Column 'd', row 1: ", "cast(d as varchar)")]
    [InlineData("select 1 as a, 2 as a", "Two columns are called 'a'", "select … as other_name")]
    [InlineData("select 1 as \"\"", "zero-length delimited identifier", "Correct 'table' or 'query'")]
    [InlineData("select 1 as \" \"", "Column 1 has no name", "select … as name")]
    [InlineData("drop table t", "The query starts with 'drop'; only SELECT is run", "starts with SELECT or WITH")]
    [InlineData("copy t to '/tmp/x'", "The query starts with 'copy'", "starts with SELECT or WITH")]
    [InlineData("select 1; drop table t", "more than one statement", "Write one query")]
    [InlineData("/* nothing */ -- here\n;", "The query is empty", "Write one query")]
    [InlineData("select 'open", "text literal in the query is not closed", "Write one query")]
    public async Task Says_what_is_wrong_with_the_query_and_what_to_do(string query, string reason, string hint)
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Query(query)));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain(reason);
        failed.Refresh.Hint.Should().Contain(hint);
        failed.RunId.Should().Be(Sources.Run);
        _volume.StagingArea().Should().BeEmpty();
    }

    [Theory]
    [InlineData(
        "create table t (id integer); insert into t values ('abc')",
        "Column 'id', row 1: The value is text, not an integer.")]
    [InlineData(
        "create table t (id integer); insert into t values (1), (1.5)",
        "Column 'id', row 2: The value is a real, not an integer.")]
    [InlineData("create table t (ok boolean); insert into t values (7)", "7 is neither 0 nor 1")]
    [InlineData("create table t (d date); insert into t values ('31.12.2024')", "Column 'd', row 1: ")]
    [InlineData("create table t (d date); insert into t values (20000)", "The value is an integer, not text.")]
    [InlineData("create table other (id integer)", "no such table: t")]
    public async Task Never_lets_SQLite_convert_a_value_in_silence(string statements, string reason)
    {
        var source = Sources.Sqlite(_volume, statements.Split(';'));
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Table("t")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain(reason);
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact]
    public async Task Suggests_the_nearest_table_of_a_SQLite_file()
    {
        var source = Sources.Sqlite(
            _volume, "create table customers (id integer)", "create view loans as select 1 as id");
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Table("customer")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain("no such table: customer");
        failed.Refresh.Hint.Should().StartWith("Did you mean 'customers'?");
    }

    [Fact]
    public async Task Says_how_DuckDB_is_given_more_memory()
    {
        const string Large = "select list(i) as l, count(*) as n from range(50000000) r(i)";
        var model = Sources.Query($"select len(l) as items, n from ({Large})");
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, model));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain("Out of Memory Error");
        failed.Refresh.Hint.Should().Contain("memory_limit=1GB");
        _volume.StagingArea().Should().BeEmpty();
    }

    [Theory]
    [InlineData(
        "duckdb", "Data Source=/nowhere/warehouse.duckdb",
        "The database file /nowhere/warehouse.duckdb of source demo (duckdb) does not exist.")]
    [InlineData(
        "sqlite", "Data Source=/nowhere/warehouse.sqlite",
        "The database file /nowhere/warehouse.sqlite of source demo (sqlite) does not exist.")]
    [InlineData("duckdb", "password=hunter2", "The connection of the source demo (duckdb) cannot be used")]
    [InlineData("postgres", "Host=x;Hunter2=hunter2", "The connection of the source demo (postgres) cannot be used")]
    [InlineData("oracle", "hunter2", "of kind 'oracle', which does not exist")]
    [InlineData("snowflake", "account=a;user=u;password=hunter2", "logs in with a password, which is not allowed")]
    public async Task Says_what_is_wrong_with_the_source_but_not_its_secret(
        string kind, string connection, string reason)
    {
        var source = new SourceDefinition { Name = "demo", Kind = kind, Connection = connection };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Table("t")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain(reason);
        (failed.Refresh.Reason + failed.Refresh.Hint).Should().NotContain("hunter2");
        failed.Refresh.Hint.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task Names_the_sources_there_are_when_a_model_wants_another()
    {
        var model = Sources.Table("t") with { Source = "snowfake" };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, model));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain("'snowfake'");
        failed.Refresh.Hint.Should().Contain("demo");
    }

    [Theory]
    [InlineData("value_stream_1", "model_y", "Did you mean value_stream_1/model_x?")]
    [InlineData("value_stream_2", "model_x", "Did you mean value_stream_1/model_x?")]
    [InlineData("somewhere", "entirely_different", "'benchmark models' lists them")]
    [InlineData("../../etc", "passwd", "'benchmark models' lists them")]
    public async Task Suggests_the_nearest_name_when_it_knows_no_such_model(
        string valueStream, string model, string hint)
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Table("t")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(
            Sources.Request with { ValueStream = valueStream, Model = model });

        failed.Refresh.Reason.Should().Be($"{valueStream}/{model} is not in the registry.");
        failed.Refresh.Hint.Should().Contain(hint);
        (failed.Refresh.ValueStream, failed.Refresh.Model).Should().Be((valueStream, model));
    }

    public void Dispose() => _volume.Dispose();
}
