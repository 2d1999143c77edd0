using Benchmark.Contracts;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

/// <summary>A Notifier that consumes the events of one run.</summary>
public abstract class RunFixture(Dictionary<string, string?> settings) : IAsyncLifetime
{
    private readonly TempVolume _volume = new();

    private protected Events Run { get; } = new();

    private protected NotifierHost Notifier { get; private set; } = null!;

    public async Task InitializeAsync() => Notifier = await NotifierHost.StartAsync(_volume, settings: settings);

    public async Task DisposeAsync()
    {
        await Notifier.DisposeAsync();
        _volume.Dispose();
    }

    private protected async Task ConsumeAsync(params object[] events)
    {
        foreach (var @event in events)
            await Notifier.ConsumeAsync(@event);
    }

    private protected async Task SweepUntilClosedAsync()
    {
        await Notifier.Sweep.SweepNowAsync();
        await Notifier.ConsumedAsync<CloseRun>();
    }

    private protected async Task<RunSummary> FindAsync() =>
        await Notifier.Runs.FindAsync(Run.RunId) ?? throw new InvalidOperationException("The run is not known.");

    private protected static RefreshOutcome ModelOf(RunSummary run, string model) =>
        run.Models.Single(m => m.Model == model);
}
