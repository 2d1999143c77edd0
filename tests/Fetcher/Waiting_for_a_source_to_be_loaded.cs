using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests;

public sealed class Waiting_for_a_source_to_be_loaded : IDisposable
{
    private const string Ready = "select max(month) >= 11 from loads";

    private readonly TempVolume _volume = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SourceDefinition _source;

    public Waiting_for_a_source_to_be_loaded() => _source = Sources.Sqlite(
        _volume, "create table loads (month integer)", "insert into loads values (10)", "create table t (id integer)",
        "insert into t values (1)");

    [Fact(Timeout = 180_000)]
    public async Task Reads_a_model_once_its_data_is_there()
    {
        await using var fetcher = await StartAsync(Ready);

        await fetcher.PublishAsync(Sources.Request);
        await PassAsync(TimeSpan.FromMinutes(3));
        fetcher.Seen<ModelStaged>().Should().BeEmpty();
        Load();
        await TillAsync(() => fetcher.Seen<ModelStaged>().Count > 0);

        fetcher.Seen<ModelFetchFailed>().Should().BeEmpty();
    }

    [Fact(Timeout = 180_000)]
    public async Task Says_that_the_source_is_late_and_asks_no_longer_for_the_other_models_of_the_run()
    {
        await using var fetcher = await StartAsync(Ready);

        await fetcher.PublishAsync(Sources.Request);
        await TillAsync(() => fetcher.Seen<ModelFetchFailed>().Count > 0);
        // For this run it stays late; what a later one finds is another matter.
        Load();
        await fetcher.PublishAsync(Sources.Request with { Model = "model_y" });
        var second = await fetcher.NextAsync<ModelFetchFailed>(skip: 1);
        await fetcher.PublishAsync(Sources.Request with { RunId = Guid.NewGuid() });
        await fetcher.NextAsync<ModelStaged>();

        fetcher.Seen<ModelFetchFailed>().Should().HaveCount(2).And.AllSatisfy(failed => failed.Refresh.Should()
            .BeEquivalentTo(new
            {
                Reason = "The source demo (sqlite) is late: 'ready' was still not true after 00:10:00, counted from "
                    + "the first model of the run that asked.",
                Hint = "Nothing is wrong with the model: refresh it once the source is loaded, or raise ready_timeout.",
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
        await TillAsync(() => fetcher.Seen<ModelFetchFailed>().Count + fetcher.Seen<ModelStaged>().Count > 0);

        fetcher.Seen<ModelStaged>().Should().HaveCount(isReady ? 1 : 0);
    }

    [Theory]
    [InlineData("select done from nowhere", "no such table: nowhere", "Correct 'ready' of the model")]
    [InlineData("delete from loads", "SELECT", "SELECT")]
    public async Task Says_what_is_wrong_with_the_question(string ready, string reason, string hint)
    {
        await using var fetcher = await StartAsync(ready);

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain(reason);
        failed.Refresh.Hint.Should().Contain(hint);
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

    // Time passes in the pauses between two questions, which take some of this machine's.
    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(30))
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(50);
        }
    }

    private async Task TillAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await PassAsync(TimeSpan.FromSeconds(30));
        }
    }

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
