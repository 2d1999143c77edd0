using System.Text.Json.Serialization;
using Benchmark.Contracts;
using Benchmark.Notifier.Deliveries;

namespace Benchmark.Notifier.Runs;

/// <summary>
/// The state of a run and its models. Written with <see cref="Contracts.Volume.VolumeJson"/> it is the JSON of the
/// command line.
/// </summary>
public sealed record RunSummary
{
    public required Guid RunId { get; init; }

    public required RunState State { get; init; }

    /// <summary>What started it; null until the start has arrived.</summary>
    public RunTrigger? Trigger { get; init; }

    /// <summary>When it started; until the start has arrived, when its first event did.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it was closed before every model had an outcome; null when it was not.</summary>
    [JsonIgnore]
    public string? CloseReason { get; init; }

    public int Published => Count(Outcome.Published);

    public int Unchanged => Count(Outcome.Unchanged);

    public int Rejected => Count(Outcome.Rejected);

    public int Failed => Count(Outcome.Failed);

    public int Missing => Count(Outcome.Missing);

    public int SourceLate => Count(Outcome.SourceLate);

    public int Superseded => Count(Outcome.Superseded);

    /// <summary>Its models by value stream and name.</summary>
    public required IReadOnlyList<RefreshOutcome> Models { get; init; }

    /// <summary>Its reports, where they were asked for; null where not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeliveryState>? Deliveries { get; init; }

    /// <summary>Who requested it; null for a schedule.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    /// <summary>The summary as JSON for other programs, whose documented keys do not include hints.</summary>
    public RunSummary WithoutHints() => this with { Models = [.. Models.Select(model => model with { Hint = null })] };

    /// <summary>How many models ended with an outcome.</summary>
    public int Count(Outcome outcome) => Models.Count(model => model.Outcome == outcome);
}
