using Benchmark.Contracts;
using Benchmark.Data.Stability;

namespace Benchmark.Notifier.Tests;

/// <summary>The events of one run.</summary>
internal sealed record Events(Guid RunId)
{
    public const string Stream = "value_stream_1";

    public Events()
        : this(Guid.NewGuid())
    {
    }

    public RefreshRunStarted Started(params string[] models) => new()
    {
        RunId = RunId,
        Trigger = RunTrigger.Schedule,
        StartedAt = NotifierHost.Start,
        Deadline = NotifierHost.Start.AddHours(2),
        RegistrySha256 = "none",
        Models = [.. models.Select(model => new ModelKey { ValueStream = Stream, Model = model })],
    };

    public ModelStaged Staged(string model) =>
        new() { RunId = RunId, ValueStream = Stream, Model = model, Attempt = 1, Rows = 1000, Bytes = 20_000 };

    public ModelValidated Validated(string model) =>
        new()
        {
            RunId = RunId,
            ValueStream = Stream,
            Model = model,
            Attempt = 1,
            Warnings = 0,
            Rows = 1000,
            Bytes = 20_000
        };

    public ModelPublished Published(string model, Outcome outcome = Outcome.Published) => new()
    {
        RunId = RunId,
        Refresh = new()
        {
            ValueStream = Stream,
            Model = model,
            Outcome = outcome,
            Stage = Stage.Publish,
            Version = 7,
            Rows = 1000,
            Bytes = 20_000,
            WorstDrift = new WorstDrift { Column = "score", Psi = 0.125, Band = Band.Shifted },
        },
    };

    public ModelRejected Rejected(string model, params string[] reasons) => new()
    {
        RunId = RunId,
        Refresh = new()
        {
            ValueStream = Stream,
            Model = model,
            Outcome = Outcome.Rejected,
            Stage = Stage.Validate,
            Reason = reasons is []
                ? "score: 12 of 1000 rows above 850; allowed 5 %; line 17" : string.Join('\n', reasons),
            Rows = 1000,
            Bytes = 20_000,
        },
    };

    public ModelFetchFailed FetchFailed(string model) => new()
    {
        RunId = RunId,
        Refresh = new()
        {
            ValueStream = Stream,
            Model = model,
            Outcome = Outcome.Failed,
            Stage = Stage.Fetch,
            Reason = "Table VALUE_STREAM_1.MODEL_A does not exist.",
            Hint = "Grant the role access, or correct 'table'.",
        },
    };

    public ModelFetchFailed SourceLate(string model) => FetchFailed(model) with
    {
        Refresh = FetchFailed(model).Refresh with
        {
            Reason = "The source demo (sqlite) is late.",
            Hint = "Ask whoever loads demo.",
        },
        SourceLate = true,
    };

    public ModelPublishFailed PublishFailed(string model) => new()
    {
        RunId = RunId,
        Refresh = new()
        {
            ValueStream = Stream,
            Model = model,
            Outcome = Outcome.Failed,
            Stage = Stage.Publish,
            Reason = "benchmark.csv is a directory.",
        },
    };

    public RefreshModel Request(string model) => new() { RunId = RunId, ValueStream = Stream, Model = model };

    public CloseRun Close(string reason = "an operator asked") => new() { RunId = RunId, Reason = reason };
}
