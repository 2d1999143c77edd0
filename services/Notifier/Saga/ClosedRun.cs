using Benchmark.Contracts;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Saga;

/// <summary>What is said of a run when it has closed. Pure.</summary>
internal static class ClosedRun
{
    public static RunClosed Of(RunSaga run, IEnumerable<ModelSummary> models) => new()
    {
        RunId = run.CorrelationId,
        State = run.State!.Value,
        ClosedAt = run.ClosedAt!.Value,
        Trigger = run.Trigger,
        StartedAt = run.StartedAt,
        Models = [.. models.Where(model => model.Outcome is not null).Select(model => new ClosedModel
        {
            ValueStream = model.ValueStream,
            Model = model.Model,
            Outcome = model.Outcome!.Value,
            Stage = model.Stage,
            Version = model.Version,
            Rows = model.Rows,
            Bytes = model.Bytes,
            Warnings = model.Warnings,
            Reason = model.Reason,
            Hint = model.Hint,
            WorstDrift = model.WorstDrift,
        })],
    };
}
