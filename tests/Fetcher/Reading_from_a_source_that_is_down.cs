using Benchmark.Contracts;
using Benchmark.Fetcher.Sources;
using Benchmark.Fetcher.Tests.Snowflake;
using Benchmark.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests;

/// <summary>A run of many models from a source that is down ends in minutes, and says so once.</summary>
public sealed class Reading_from_a_source_that_is_down : IDisposable
{
    private const int Models = 40;

    private readonly TempVolume _volume = new();
    private readonly StandIn _snowflake = new();
    private readonly LogCapture _log = new(LogLevel.Information, "Benchmark.");
    private readonly FakeTimeProvider _time = new();

    private static StandInException Unreachable => new(270001, "08006", "Unable to connect", new HttpRequestException(
        "Connection refused (bank.snowflakecomputing.com:443)"));

    [Fact(Timeout = 300_000)]
    public async Task Is_told_for_every_model_at_once_and_logged_once_and_tried_until_it_is_back()
    {
        _snowflake.LoginFailure = Unreachable;
        await using var fetcher = await StartAsync();

        for (var i = 0; i < SourceHealth.ModelsInARow; i++)
            await PublishAsync(fetcher, i);
        // One is tried again, so its first failure is known.
        await TillAsync(() => _snowflake.Logins > SourceHealth.ModelsInARow);
        // Each is tried again for half a minute, at the clock of this machine; the source's patience is by the other.
        _time.Advance(SourceHealth.Patience);
        await fetcher.NextAsync<ModelFetchFailed>();
        var before = _snowflake.Logins;
        for (var i = SourceHealth.ModelsInARow; i < Models; i++)
            await PublishAsync(fetcher, i);
        await fetcher.NextAsync<ModelFetchFailed>(skip: Models - 1);

        _snowflake.Logins.Should().Be(before);
        fetcher.Seen<ModelFetchFailed>().Should().AllSatisfy(failed => failed.Refresh.Reason.Should()
            .StartWith("The source snowflake (snowflake) is down: no model has been fetched from it since")
            .And.Contain("Connection refused (bank.snowflakecomputing.com:443)"));
        _log.Lines.Where(line => line.Contains("The source snowflake is down", StringComparison.Ordinal))
            .Should().ContainSingle();

        _snowflake.LoginFailure = null;
        _time.Advance(TimeSpan.FromMinutes(1));
        await PublishAsync(fetcher, 0);
        await fetcher.NextAsync<ModelStaged>();

        _log.Lines.Should().Contain(line => line.Contains("The source snowflake is back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asks_no_200_times_with_credentials_that_were_refused_once()
    {
        _snowflake.LoginFailure = new StandInException(390100, null, "Incorrect username or password was specified.");
        await using var fetcher = await StartAsync();

        for (var i = 0; i < Models; i++)
            await PublishAsync(fetcher, i);
        await fetcher.NextAsync<ModelFetchFailed>(skip: Models - 1);

        // Those that were under way already.
        _snowflake.Logins.Should().BeLessThanOrEqualTo(4);
        fetcher.Seen<ModelFetchFailed>().Should().AllSatisfy(failed =>
            failed.Refresh.Reason.Should().Contain("refused the credentials"));
    }

    [Fact]
    public void Is_not_one_of_which_a_model_was_fetched_in_between()
    {
        var health = new SourceHealth(_time);
        for (var i = 0; i < 10; i++)
        {
            health.Failed(Key(i), StandIn.Source, "away", credentials: false).Should().BeFalse();
            _time.Advance(SourceHealth.Patience);
            if (i % 2 == 1)
                health.Worked(StandIn.Source).Should().BeFalse();
        }

        health.Invoking(it => it.Require(Key(0), StandIn.Source)).Should().NotThrow();
    }

    [Fact]
    public void Is_not_one_that_fails_for_the_same_model_again_and_again()
    {
        var health = new SourceHealth(_time);
        for (var i = 0; i < 10; i++)
        {
            health.Failed(Key(0), StandIn.Source, "away", credentials: false).Should().BeFalse();
            _time.Advance(SourceHealth.Patience);
        }

        health.Invoking(it => it.Require(Key(0), StandIn.Source)).Should().NotThrow();
    }

    [Fact]
    public async Task Is_asked_once_whether_it_is_ready_with_credentials_that_it_refused()
    {
        _snowflake.LoginFailure = new StandInException(390100, null, "Incorrect username or password was specified.");
        await using var fetcher = await StartAsync(ready: "select 1");

        for (var i = 0; i < Models; i++)
            await PublishAsync(fetcher, i, Sources.Run);
        await fetcher.NextAsync<ModelFetchFailed>(skip: Models - 1);

        _snowflake.Logins.Should().Be(1);
    }

    [Fact]
    public void Is_tried_by_one_model_which_may_ask_again_for_its_rows()
    {
        var health = Down();

        _time.Advance(TimeSpan.FromMinutes(1));

        health.Invoking(it => it.Require(Key(7), StandIn.Source)).Should().NotThrow();
        health.Invoking(it => it.Require(Key(7), StandIn.Source)).Should().NotThrow();
        health.Invoking(it => it.Require(Key(8), StandIn.Source)).Should().Throw<FetchRefusedException>();
    }

    [Fact]
    public void Is_forgotten_once_nobody_has_tried_it_for_long()
    {
        var health = Down();

        _time.Advance(TimeSpan.FromMinutes(10));

        // The next run, of which no model is refused because of the last one.
        for (var i = 0; i < Models; i++)
            health.Invoking(it => it.Require(Key(i), StandIn.Source)).Should().NotThrow();
    }

    public void Dispose()
    {
        _snowflake.Dispose();
        _volume.Dispose();
    }

    private SourceHealth Down()
    {
        var health = new SourceHealth(_time);
        health.Failed(Key(0), StandIn.Source, "away", credentials: false);
        _time.Advance(SourceHealth.Patience);
        for (var i = 1; i < SourceHealth.ModelsInARow; i++)
            health.Failed(Key(i), StandIn.Source, "away", credentials: false);
        health.Invoking(it => it.Require(Key(7), StandIn.Source)).Should().Throw<FetchRefusedException>();
        return health;
    }

    private static ModelKey Key(int i) => new() { ValueStream = "value_stream_1", Model = $"model_{i}" };

    private static Task PublishAsync(FetcherHost fetcher, int i, Guid? run = null) =>
        fetcher.PublishAsync(Sources.Request with { RunId = run ?? Guid.NewGuid(), Model = $"model_{i}" });

    private static async Task TillAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
            await Task.Delay(20, limit.Token);
    }

    private Task<FetcherHost> StartAsync(string? ready = null) => FetcherHost.StartAsync(
        _volume.Layout,
        Sources.Registry(StandIn.Source, [.. Enumerable.Range(0, Models).Select(i =>
            Benchmark.Tests.Support.Models.Named("value_stream_1", $"model_{i}") with
            {
                Source = "snowflake",
                Table = null,
                Query = "select 1 as ID",
                Ready = ready,
            })]),
        _time, services =>
        {
            _snowflake.Install(services);
            services.AddSingleton<ILoggerProvider>(_log);
        });
}
