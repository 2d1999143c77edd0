using Benchmark.Contracts;
using Benchmark.Data.Stability;

namespace Benchmark.Performance;

/// <summary>The events of one run in which every model is published.</summary>
internal sealed record RunEvents(Guid RunId, IReadOnlyList<string> Models)
{
    private const string Stream = "vs";

    public RefreshRunStarted Started => new()
    {
        RunId = RunId,
        Trigger = RunTrigger.Schedule,
        StartedAt = DateTimeOffset.UtcNow,
        Deadline = DateTimeOffset.UtcNow.AddHours(2),
        RegistrySha256 = "none",
        Models = [.. Models.Select(model => new ModelKey { ValueStream = Stream, Model = model })],
    };

    public IEnumerable<ModelStaged> Staged => Models.Select(model =>
        new ModelStaged
        {
            RunId = RunId,
            ValueStream = Stream,
            Model = model,
            Attempt = 1,
            Rows = 1000,
            Bytes = 20_000
        });

    public IEnumerable<ModelValidated> Validated => Models.Select(model =>
        new ModelValidated
        {
            RunId = RunId,
            ValueStream = Stream,
            Model = model,
            Attempt = 1,
            Warnings = 0,
            Rows = 1000,
            Bytes = 20_000
        });

    public IEnumerable<ModelPublished> Published => Models.Select(model => new ModelPublished
    {
        RunId = RunId,
        Refresh = new()
        {
            ValueStream = Stream,
            Model = model,
            Outcome = Outcome.Published,
            Stage = Stage.Publish,
            Version = 7,
            Rows = 1000,
            Bytes = 20_000,
            WorstDrift = new WorstDrift { Column = "score", Psi = 0.125, Band = Band.Shifted },
        },
    });
}
