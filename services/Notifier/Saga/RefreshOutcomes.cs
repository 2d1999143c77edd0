using Benchmark.Contracts;
using MassTransit;

namespace Benchmark.Notifier.Saga;

/// <summary>The state of a refresh after an intermediate event or a fault.</summary>
internal static class RefreshOutcomes
{
    public static RefreshOutcome Of(ModelStaged staged) => new()
    {
        ValueStream = staged.ValueStream,
        Model = staged.Model,
        Stage = Stage.Validate,
        Rows = staged.Rows,
        Bytes = staged.Bytes,
    };

    public static RefreshOutcome Of(ModelValidated validated) => new()
    {
        ValueStream = validated.ValueStream,
        Model = validated.Model,
        Stage = Stage.Publish,
        Rows = validated.Rows,
        Bytes = validated.Bytes,
        Warnings = validated.Warnings,
    };

    public static RefreshOutcome Of(ModelFetchFailed failed) =>
        failed.SourceLate ? failed.Refresh with { Outcome = Outcome.SourceLate } : failed.Refresh;

    public static RefreshOutcome Of(Fault<RefreshModel> fault) => Failed(
        new() { ValueStream = fault.Message.ValueStream, Model = fault.Message.Model, Stage = Stage.Fetch },
        Queues.Fetcher, fault);

    public static RefreshOutcome Of(Fault<ModelStaged> fault) => Failed(Of(fault.Message), Queues.Validator, fault);

    public static RefreshOutcome Of(Fault<ModelValidated> fault) => Failed(Of(fault.Message), Queues.Publisher, fault);

    public static RefreshOutcome Of(Fault<RollBackModel> fault)
    {
        var (model, version) = ($"{fault.Message.ValueStream}/{fault.Message.Model}", fault.Message.ToVersion);
        return Failed(
            new()
            {
                ValueStream = fault.Message.ValueStream,
                Model = fault.Message.Model,
                Stage = Stage.Publish,
                RolledBackTo = version,
            },
            Queues.Publisher, fault, $"benchmark rollback {model} --to {version} --reason TEXT");
    }

    public static RefreshOutcome Of(Fault<AcceptRejected> fault)
    {
        var (model, run) = ($"{fault.Message.ValueStream}/{fault.Message.Model}", fault.Message.RejectedRunId);
        return Failed(
            new()
            {
                ValueStream = fault.Message.ValueStream,
                Model = fault.Message.Model,
                Stage = Stage.Publish,
                AcceptedFrom = run,
            },
            Queues.Publisher, fault, $"benchmark accept {model} --run {run} --reason TEXT");
    }

    private static RefreshOutcome Failed(
        RefreshOutcome refresh, string queue, Fault fault, string? again = null) => refresh with
        {
            Outcome = Outcome.Failed,
            Warnings = 0,
            Reason = fault.Exceptions is [var first, ..]
                ? first.Message : $"The {queue} failed without an error message.",
            Hint = $"Fix the cause, then run: {again ?? $"benchmark refresh {refresh.Name}"}. "
            + $"On a broker the message waits in {queue}_error and can be moved back to {queue} instead.",
        };
}
