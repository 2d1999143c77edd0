using System.Text.Json.Serialization;
using Benchmark.Contracts;

namespace Benchmark.Notifier.Runs;

/// <summary>
/// What became of a run. Written with <see cref="Contracts.Volume.VolumeJson"/> it is the JSON that other programs read.
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
    public required IReadOnlyList<ModelSummary> Models { get; init; }

    /// <summary>Who asked; null for a schedule.</summary>
    [JsonIgnore]
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the words of who asked.</summary>
    [JsonIgnore]
    public string? Reason { get; init; }

    /// <summary>How many models ended so.</summary>
    public int Count(Outcome outcome) => Models.Count(model => model.Outcome == outcome);
}

/// <summary>What became of one model in a run.</summary>
public sealed record ModelSummary
{
    public required string ValueStream { get; init; }

    public required string Model { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Where it is or ended.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The version being served; null when none was published.</summary>
    public int? Version { get; init; }

    public long? Rows { get; init; }

    public long? Bytes { get; init; }

    /// <summary>How many checks of what was published were broken that do not stop publishing.</summary>
    public int Warnings { get; init; }

    /// <summary>What went wrong; several reasons are separated by line ends.</summary>
    public string? Reason { get; init; }

    public WorstDrift? WorstDrift { get; init; }

    /// <summary>What to do next, where the service said so.</summary>
    [JsonIgnore]
    public string? Hint { get; init; }

    [JsonIgnore]
    public ModelKey Name => new() { ValueStream = ValueStream, Model = Model };
}
