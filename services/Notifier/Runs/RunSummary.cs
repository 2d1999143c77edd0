using System.Text.Json.Serialization;
using Benchmark.Contracts;

namespace Benchmark.Notifier.Runs;

/// <summary>
/// What became of a run. Written with <see cref="Contracts.Volume.VolumeJson"/> it is the JSON that other programs
/// read.
/// </summary>
public sealed record RunSummary
{
    public required Guid RunId { get; init; }

    public required RunState State { get; init; }

    /// <summary>What started it; null while the start has not been heard.</summary>
    public RunTrigger? Trigger { get; init; }

    /// <summary>When it started; while that has not been heard, when it was first heard of.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public int Published => Count(Outcome.Published);

    public int Unchanged => Count(Outcome.Unchanged);

    public int Rejected => Count(Outcome.Rejected);

    public int Failed => Count(Outcome.Failed);

    public int Missing => Count(Outcome.Missing);

    public int Superseded => Count(Outcome.Superseded);

    /// <summary>Its models by value stream and name.</summary>
    public required IReadOnlyList<RefreshOutcome> Models { get; init; }

    /// <summary>Who asked; null for a schedule.</summary>
    [JsonIgnore]
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the words of who asked.</summary>
    [JsonIgnore]
    public string? Reason { get; init; }

    /// <summary>As other programs read it: the keys of its models are documented, and hints are for people.</summary>
    public RunSummary WithoutHints() => this with { Models = [.. Models.Select(model => model with { Hint = null })] };

    /// <summary>How many models ended so.</summary>
    public int Count(Outcome outcome) => Models.Count(model => model.Outcome == outcome);
}
