using Benchmark.Contracts;
using MassTransit;

namespace Benchmark.Notifier.Runs;

/// <summary>What one event says of one refresh.</summary>
internal sealed record RefreshNews
{
    public required ModelKey Model { get; init; }

    public required Progress Progress { get; init; }

    /// <summary>Where the refresh is, or ended.</summary>
    public required Stage Stage { get; init; }

    /// <summary>How it ended; null when it has not.</summary>
    public Outcome? Outcome { get; init; }

    public int? Version { get; init; }

    public long? Rows { get; init; }

    public long? Bytes { get; init; }

    /// <summary>How many checks were broken that do not stop publishing.</summary>
    public int Warnings { get; init; }

    /// <summary>What went wrong; several reasons are separated by line ends.</summary>
    public string? Reason { get; init; }

    public string? Hint { get; init; }

    public WorstDrift? WorstDrift { get; init; }

    public static RefreshNews Of(ModelStaged staged) =>
        Step(staged.ValueStream, staged.Model, Progress.Staged, Stage.Validate) with { Rows = staged.Rows, Bytes = staged.Bytes };

    public static RefreshNews Of(ModelValidated validated) =>
        Step(validated.ValueStream, validated.Model, Progress.Validated, Stage.Publish);

    public static RefreshNews Of(ModelPublished published) =>
        Step(published.ValueStream, published.Model, Progress.Told, Stage.Publish) with
        {
            Outcome = published.Outcome,
            Version = published.Version,
            Rows = published.Rows,
            Bytes = published.Bytes,
            Warnings = published.Warnings,
            WorstDrift = published.WorstDrift,
        };

    public static RefreshNews Of(ModelRejected rejected) =>
        Step(rejected.ValueStream, rejected.Model, Progress.Told, Stage.Validate) with
        {
            Outcome = Contracts.Outcome.Rejected,
            Rows = rejected.Rows,
            Bytes = rejected.Bytes,
            Reason = string.Join('\n', rejected.Reasons),
            WorstDrift = rejected.WorstDrift,
        };

    public static RefreshNews Of(ModelFetchFailed failed) =>
        Failed(failed.ValueStream, failed.Model, Stage.Fetch, failed.Reason, failed.Hint);

    public static RefreshNews Of(ModelPublishFailed failed) =>
        Failed(failed.ValueStream, failed.Model, Stage.Publish, failed.Reason, failed.Hint);

    public static RefreshNews Of(Fault<RefreshModel> fault) =>
        Faulted(fault.Message.ValueStream, fault.Message.Model, Stage.Fetch, "fetcher", fault);

    public static RefreshNews Of(Fault<ModelStaged> fault) =>
        Faulted(fault.Message.ValueStream, fault.Message.Model, Stage.Validate, "validator", fault);

    public static RefreshNews Of(Fault<ModelValidated> fault) =>
        Faulted(fault.Message.ValueStream, fault.Message.Model, Stage.Publish, "publisher", fault);

    private static RefreshNews Step(string valueStream, string model, Progress progress, Stage stage) => new()
    {
        Model = new ModelKey { ValueStream = valueStream, Model = model },
        Progress = progress,
        Stage = stage,
    };

    private static RefreshNews Failed(string valueStream, string model, Stage stage, string reason, string? hint) =>
        Step(valueStream, model, Progress.Told, stage) with
        {
            Outcome = Contracts.Outcome.Failed,
            Reason = reason,
            Hint = hint,
        };

    private static RefreshNews Faulted(string valueStream, string model, Stage stage, string queue, Fault fault) =>
        Step(valueStream, model, Progress.Faulted, stage) with
        {
            Outcome = Contracts.Outcome.Failed,
            Reason = fault.Exceptions is [var first, ..] ? first.Message : $"The {queue} gave up without saying why.",
            Hint = $"When the cause is gone: benchmark refresh {valueStream}/{model}. "
                + $"On a broker the message waits in {queue}_error, and may be moved back to {queue} instead.",
        };
}
