using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Hosting;
using Benchmark.Notifier.Saga;

namespace Benchmark.Notifier.Measuring;

/// <summary>
/// Counts runs and outcomes. Called after the commit, so that what is rolled back does not count, and what is repeated
/// counts once; a process that dies in between does not count it at all.
/// </summary>
internal sealed class RunMetrics(Instruments instruments)
{
    private const string Unknown = "unknown";

    private readonly CounterInstrument _outcomes = instruments.Counter(Metrics.RefreshOutcomes);
    private readonly CounterInstrument _started = instruments.Counter(Metrics.RunsStarted);
    private readonly CounterInstrument _closed = instruments.Counter(Metrics.RunsClosed);
    private readonly DurationInstrument _duration = instruments.Durations(Metrics.RunDuration);

    public void Count(Recorded recorded)
    {
        if (recorded.Started is { } started)
            _started.Add(1, TriggerOf(started));
        foreach (var refresh in recorded.Ended)
            _outcomes.Add(
                1, refresh.Outcome!.Value.Word(), refresh.Stage.Word(), NameOf(refresh.ValueStream),
                NameOf(refresh.Model));
        if (recorded.Closed is { State: { } state } closed)
        {
            _closed.Add(1, state.Word(), TriggerOf(closed));
            _duration.Record(DurationOf(closed), state.Word(), TriggerOf(closed));
        }
    }

    // The start is by another machine's clock, which may be ahead.
    private static TimeSpan DurationOf(RunSaga closed) =>
        closed.ClosedAt!.Value - (closed.StartedAt ?? closed.OpenedAt) is var duration && duration > TimeSpan.Zero
            ? duration : TimeSpan.Zero;

    // A run that closes before its start has arrived has none.
    private static string TriggerOf(RunSaga run) => run.Trigger?.Word() ?? Unknown;

    // A request may name anything, and every name would be a time series.
    private static string NameOf(string name) => SafeName.IsValid(name) ? name : Unknown;
}
