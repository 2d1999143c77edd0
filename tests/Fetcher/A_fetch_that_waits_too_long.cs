using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Sources;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmark.Fetcher.Tests;

public sealed class A_fetch_that_waits_too_long : IDisposable
{
    // The 15 minutes of the fetch itself and ten beside it, but for a second.
    private static readonly TimeSpan s_nearlyAll = TimeSpan.FromMinutes(25) - TimeSpan.FromSeconds(1);

    private readonly TempVolume _volume = new();
    private readonly OpenDatabases _databases = new(TimeProvider.System);

    public A_fetch_that_waits_too_long() => Installation.Make(_volume.Layout);

    [Fact]
    public async Task Is_told_before_the_broker_takes_the_message_back()
    {
        var staging = new BenchmarkStaging(
            _volume.Layout,
            new SourceQuery(
                SourceKinds.BuiltIn, _databases, new FetchProgress(TimeProvider.System), TimeProvider.System),
            TimeProvider.System,
            NullLogger<BenchmarkStaging>.Instance);
        var endless = Sources.Query("select count(*) as n from range(100000000000000) r(i) where i % 7 = 3");
        var registry = Sources.Registry(Sources.InMemory, endless with { FetchTimeout = TimeSpan.FromMinutes(15) });

        var outcome = await staging.StageAsync(
            Sources.Request, Guid.NewGuid(), registry,
            new RequestDelivery(() => s_nearlyAll, () => null, isRepeated: false),
            CancellationToken.None);

        var failed = outcome.Should().BeOfType<StageOutcome.Refused>().Subject.Message;
        failed.Refresh.Reason.Should().Contain("was not fetched within 00:25:00");
        failed.Refresh.Hint.Should().Contain("max_concurrent_fetches");
        Directory.EnumerateFileSystemEntries(
            _volume.Layout.Model(failed.Refresh.ValueStream, failed.Refresh.Model).StagingArea).Should().BeEmpty();
    }

    public void Dispose()
    {
        _databases.Dispose();
        _volume.Dispose();
    }
}
