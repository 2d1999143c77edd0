using Benchmark.Contracts;

namespace Benchmark.Notifier.Saga;

/// <summary>What is said of a run when it has closed. Pure.</summary>
internal static class ClosedRun
{
    public static RunClosed Of(RunSaga run, IEnumerable<RefreshOutcome> models) => new()
    {
        RunId = run.CorrelationId,
        State = run.State!.Value,
        ClosedAt = run.ClosedAt!.Value,
        Trigger = run.Trigger,
        StartedAt = run.StartedAt,
        Models = [.. models.Where(model => model.Outcome is not null)],
    };
}
