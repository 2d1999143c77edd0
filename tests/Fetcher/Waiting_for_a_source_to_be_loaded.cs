using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Tests.Snowflake;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Waiting_for_a_source_to_be_loaded : IDisposable
{
    private const string Ready = "select max(month) >= 11 from loads";

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    private readonly TempVolume _volume = new();
    private readonly PausingTime _time = new();
    private readonly SourceDefinition _source;

    public Waiting_for_a_source_to_be_loaded() => _source = Sources.Sqlite(
        _volume, "create table loads (month integer)", "insert into loads values (10)", "create table t (id integer)",
        "insert into t values (1)");

    [Fact(Timeout = 180_000)]
    public async Task Reads_a_model_once_its_data_is_there()
    {
        await using var fetcher = await StartAsync(Ready);

        await fetcher.PublishAsync(Sources.Request);
        await _time.PassAsync(s_pause);
        await _time.BeginsAsync(s_pause);
        fetcher.Seen<ModelStaged>().Should().BeEmpty();
        Load();
        _time.Advance(s_pause);
        await fetcher.NextAsync<ModelStaged>();

        fetcher.Seen<ModelFetchFailed>().Should().BeEmpty();
    }

    [Fact(Timeout = 180_000)]
    public async Task Says_that_the_source_is_late_and_asks_no_longer_for_the_other_models_of_the_run()
    {
        await using var fetcher = await StartAsync(Ready);

        await fetcher.PublishAsync(Sources.Request);
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromMinutes(10); waited += s_pause)
            await _time.PassAsync(s_pause);
        await fetcher.NextAsync<ModelFetchFailed>();
        // For this run it stays late; what a later one finds is another matter.
        Load();
        await fetcher.PublishAsync(Sources.Request with { Model = "model_y" });
        var second = await fetcher.NextAsync<ModelFetchFailed>(skip: 1);
        await fetcher.PublishAsync(Sources.Request with { RunId = Guid.NewGuid() });
        await fetcher.NextAsync<ModelStaged>();

        fetcher.Seen<ModelFetchFailed>().Should().HaveCount(2).And.AllSatisfy(failed => failed.Should()
            .BeEquivalentTo(new
            {
                SourceLate = true,
                Refresh = new
                {
                    Reason = "The source demo (sqlite) is late: 'ready' was still not true after 00:10:00, counted "
                        + "from the first model of the run that asked.",
                    Hint = "Nothing is wrong with the model. Ask whoever loads demo when it will be loaded, and "
                        + "refresh again then; if it is always that late, schedule the refresh later, or raise "
                        + "ready_timeout.",
                },
            }));
        second.Refresh.Model.Should().Be("model_y");
    }

    [Theory]
    [InlineData("select 1", true)]
    [InlineData("select 'true'", true)]
    [InlineData("select 2.5", true)]
    [InlineData("select 0", false)]
    [InlineData("select null", false)]
    [InlineData("select 'no'", false)]
    [InlineData("select 1 where 1 = 2", false)]
    public async Task Takes_for_true_what_a_source_calls_true(string ready, bool isReady)
    {
        await using var fetcher = await StartAsync(ready);

        await fetcher.PublishAsync(Sources.Request);
        await (isReady ? fetcher.NextAsync<ModelStaged>() : _time.BeginsAsync(s_pause));

        fetcher.Seen<ModelStaged>().Should().HaveCount(isReady ? 1 : 0);
        fetcher.Seen<ModelFetchFailed>().Should().BeEmpty();
    }

    [Theory]
    [InlineData("select done from nowhere", "no such table: nowhere", "Correct 'ready' in the registry")]
    [InlineData("delete from loads", "'ready' cannot be asked: The query starts with 'delete'", "starts with SELECT")]
    [InlineData("select x'01'", "'ready' gives a value of type Byte[]", "one comparison")]
    [InlineData("select 1, 2", "'ready' gives 2 columns", "one comparison")]
    public async Task Says_what_is_wrong_with_the_question(string ready, string reason, string hint)
    {
        await using var fetcher = await StartAsync(ready);

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain(reason);
        failed.Refresh.Hint.Should().Contain(hint);
    }

    [Fact]
    public async Task Asks_in_a_session_that_is_set_up_as_that_of_a_fetch()
    {
        using var snowflake = new StandIn { Question = Ready };
        snowflake.Execute("create table loads as select 11::bigint as month; create table t as select 1 as id");
        await using var fetcher = await StartAsync(snowflake);

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        snowflake.Statements[0].Should().Contain("QUERY_TAG").And.Contain("TIMEZONE = 'UTC'");
        snowflake.Statements[1].Should().Be(Ready);
    }

    [Fact(Timeout = 180_000)]
    public async Task Asks_again_when_no_answer_comes()
    {
        using var snowflake = new StandIn { Question = Ready, NeverAnswering = new() };
        snowflake.Execute("create table loads as select 11::bigint as month; create table t as select 1 as id");
        await using var fetcher = await StartAsync(snowflake);

        await fetcher.PublishAsync(Sources.Request);
        await snowflake.NeverAnswering.Task;
        _time.Advance(TimeSpan.FromMinutes(2));
        await _time.BeginsAsync(s_pause);
        snowflake.NeverAnswering = null;
        snowflake.Aborting.Set();
        _time.Advance(s_pause);

        await fetcher.NextAsync<ModelStaged>();
    }

    public void Dispose() => _volume.Dispose();

    private void Load()
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(_source.Connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "insert into loads values (11)";
        command.ExecuteNonQuery();
    }

    private Task<FetcherHost> StartAsync(StandIn snowflake) => FetcherHost.StartAsync(
        _volume.Layout,
        Sources.Registry(StandIn.Source, Models.Named("value_stream_1", "model_x") with
        {
            Source = StandIn.Source.Name,
            Table = "t",
            Ready = Ready,
            FetchTimeout = TimeSpan.FromHours(12),
        }),
        _time, snowflake.Install);

    private Task<FetcherHost> StartAsync(string ready) => FetcherHost.StartAsync(
        _volume.Layout,
        Sources.Registry(_source, [.. new[] { "model_x", "model_y" }.Select(name =>
            Models.Named("value_stream_1", name) with
            {
                Table = "t",
                Ready = ready,
                // Not by this clock, which runs on.
                FetchTimeout = TimeSpan.FromHours(12),
            })]),
        _time);
}
