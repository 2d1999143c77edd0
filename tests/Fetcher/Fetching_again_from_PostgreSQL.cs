using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using Npgsql;

namespace Benchmark.Fetcher.Tests;

/// <summary>A fetch on the connection that an earlier fetch of the same process leaves behind.</summary>
[NeedsPostgreSql]
public sealed class Fetching_again_from_PostgreSQL(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private const string Backend = "select pg_backend_pid() as pid";

    private readonly TempVolume _volume = new();

    // One fetch at a time, so that each finds what the one before left.
    private readonly SourceDefinition _source =
        new() { Name = "demo", Kind = "postgres", Connection = server.AddDatabase(), MaxConcurrentFetches = 1 };

    [Fact]
    public async Task Logs_in_once()
    {
        await using var fetcher = await StartAsync(Backend, Backend);

        (await FetchAsync(fetcher, 1)).Should().Be(await FetchAsync(fetcher, 0));
    }

    [Fact]
    public async Task Logs_in_anew_where_the_registry_says_so()
    {
        await using var fetcher = await StartAsync(With("Pooling=false"), Backend, Backend);

        (await FetchAsync(fetcher, 1)).Should().NotBe(await FetchAsync(fetcher, 0));
    }

    [Fact]
    public async Task Reads_in_its_own_transaction_though_the_registry_says_multiplexing()
    {
        const string query = "select current_setting('transaction_isolation') as level";
        await using var fetcher = await StartAsync(With("Multiplexing=true"), query, query);

        (await FetchAsync(fetcher, 0)).Should().Be("level\nrepeatable read\n");
        (await FetchAsync(fetcher, 1)).Should().Be("level\nrepeatable read\n");
    }

    [Theory]
    [InlineData("Connection Idle Lifetime=5")]
    [InlineData("Connection Pruning Interval=60")]
    [InlineData("Minimum Pool Size=200")]
    [InlineData("Maximum Pool Size=1;Timeout=1")]
    public async Task Waits_for_no_other_whatever_the_registry_says_of_the_pool(string settings)
    {
        const string endless = "select count(*) as endless from generate_series(1, 1000000000000)";
        await using var fetcher = await StartAsync(With(settings) with { MaxConcurrentFetches = 2 }, endless, Backend);

        await fetcher.PublishAsync(Request(0));
        Execute($"""
            do $$ begin
                while not exists (select from pg_stat_activity where query like 'COPY ({endless}%') loop
                    perform pg_sleep(0.01), pg_stat_clear_snapshot();
                end loop;
            end $$
            """);

        (await FetchAsync(fetcher, 1)).Should().StartWith("pid\n");
    }

    [Fact]
    public async Task Finds_nothing_that_the_fetch_before_left_behind()
    {
        await using var fetcher = await StartAsync(
            "select pg_try_advisory_lock(42) as locked, set_config('DateStyle', 'German', false) as style",
            "select count(*) as locks, current_setting('DateStyle') as style from pg_locks where locktype = "
            + "'advisory'");

        (await FetchAsync(fetcher, 0)).Should().Be("locked,style\ntrue,\"German, DMY\"\n");
        (await FetchAsync(fetcher, 1)).Should().Be("locks,style\n0,\"ISO, MDY\"\n");
    }

    [Theory]
    [InlineData("select * from nowhere")]
    [InlineData("select 1 / (5000 - i) as n from generate_series(1, 10000) i")]
    [InlineData(
        "select case when i = 5000 then 'infinity'::date end as d from (select generate_series(1, 1000000000) as i) t")]
    [InlineData("select i as id, repeat('x', 1000) as v from (select generate_series(1, 1000000000) as i) t", 1)]
    public async Task Is_right_after_one_that_came_to_nothing(string query, int? seconds = null)
    {
        var failing = Sources.Query(query);
        var model = Sources.Query("select i as id from generate_series(1, 3) i") with { Model = "model_1" };
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, Sources.Registry(
            _source, failing with
            {
                FetchTimeout = seconds is { } s
                ? TimeSpan.FromSeconds(s) : failing.FetchTimeout
            }, model));

        await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        (await FetchAsync(fetcher, 1)).Should().Be("id\n1\n2\n3\n");
    }

    [Fact]
    public async Task Knows_a_type_that_was_made_since_and_one_that_was_made_anew()
    {
        await using var fetcher = await StartAsync(
            Backend, "select 'A'::grade as g", "select 'B'::grade as g", "select ('x', 2)::grade as g");

        await FetchAsync(fetcher, 0);
        Execute("create type grade as enum ('A')");
        (await FetchAsync(fetcher, 1)).Should().Be("g\nA\n");
        Execute("drop type grade; create type grade as enum ('B')");
        (await FetchAsync(fetcher, 2)).Should().Be("g\nB\n");
        Execute("drop type grade; create type grade as (a text, b int)");
        await fetcher.PublishAsync(Request(3));

        (await fetcher.NextAsync<ModelFetchFailed>()).Refresh.Reason.Should().Contain(
            "Column 'g' is of type public.grade");
    }

    [Fact]
    public async Task Knows_a_column_that_was_altered_since()
    {
        const string query = "select v from altered";
        Execute("create table altered (v integer); insert into altered values (1)");
        await using var fetcher = await StartAsync(With("Max Auto Prepare=10;Auto Prepare Min Usages=1"), query, query);

        await FetchAsync(fetcher, 0);
        Execute("alter table altered alter v type real");

        (await FetchAsync(fetcher, 1)).Should().Be("v\n1\n");
    }

    [Fact]
    public async Task Goes_on_when_its_connection_has_gone_silent_in_between()
    {
        await using var fetcher = await StartAsync(With("Timeout=2"), Backend, "select 1 as id");
        var backend = (await FetchAsync(fetcher, 0)).Split('\n')[1];

        using var silent = PostgresServer.Silence(backend);

        (await FetchAsync(fetcher, 1)).Should().Be("id\n1\n");
    }

    [Fact]
    public async Task Goes_on_when_the_server_was_started_anew_in_between()
    {
        using var mortal = new PostgresServer();
        await using var fetcher = await StartAsync(
            _source with { Connection = mortal.ConnectionString }, Backend, "select 1 as id");
        await FetchAsync(fetcher, 0);

        mortal.Kill();
        mortal.Start();

        (await FetchAsync(fetcher, 1)).Should().Be("id\n1\n");
    }

    public void Dispose() => _volume.Dispose();

    private static RefreshModel Request(int model) => Sources.Request with { Model = $"model_{model}" };

    private Task<FetcherHost> StartAsync(params string[] queries) => StartAsync(_source, queries);

    // One model for each query, model_0 and on.
    private Task<FetcherHost> StartAsync(SourceDefinition source, params string[] queries) =>
        FetcherHost.StartAsync(
        _volume.Layout,
        Sources.Registry(
            source, [.. queries.Select((query, i) => Sources.Query(query) with { Model = $"model_{i}" })]));

    private SourceDefinition With(string settings) => _source with { Connection = $"{_source.Connection};{settings}" };

    private async Task<string> FetchAsync(FetcherHost fetcher, int model)
    {
        var before = fetcher.Seen<ModelStaged>().Count;
        await fetcher.PublishAsync(Request(model));
        var staged = await fetcher.NextAsync<ModelStaged>(skip: before);
        staged.Model.Should().Be($"model_{model}");
        return await File.ReadAllTextAsync(
            _volume.Layout.Model(staged.ValueStream, staged.Model).Staging(staged.RunId, staged.Attempt).Data);
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(_source.Connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
