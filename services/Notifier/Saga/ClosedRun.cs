using Benchmark.Contracts;

namespace Benchmark.Notifier.Saga;

/// <summary>The event RunClosed of a run.</summary>
internal static class ClosedRun
{
    public static RunClosed Of(RunSaga run, IEnumerable<RefreshOutcome> models) => new()
    {
        RunId = run.CorrelationId,
        State = run.State!.Value,
        ClosedAt = run.ClosedAt!.Value,
        Trigger = run.Trigger,
        RequestedBy = run.RequestedBy,
        Reason = run.Reason,
        StartedAt = run.StartedAt,
        Models = [.. models.Where(model => model.Outcome is not null)],
    };
}
