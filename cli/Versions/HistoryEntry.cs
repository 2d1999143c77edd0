using System.Text.Json.Serialization;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Versions;

/// <summary>A version of a model, or a refresh that made none.</summary>
internal sealed record HistoryEntry
{
    /// <summary>When it was published, or ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How the refresh ended: <c>published</c> for every version.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The version; null for a refresh that made none.</summary>
    public int? Version { get; init; }

    /// <summary>Rows of the version, or of the rejected data.</summary>
    public long? Rows { get; init; }

    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>What started the run; null where only the manifest tells of it.</summary>
    public RunTrigger? Trigger { get; init; }

    /// <summary>Who asked for it; null for a schedule.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in their words.</summary>
    public string? Reason { get; init; }

    /// <summary>The worst column against the version that was served before.</summary>
    public WorstDrift? WorstDrift { get; init; }

    /// <summary>Whether readers open this version.</summary>
    public bool Served { get; init; }

    /// <summary>Whether the version, or the rejected data, is on the volume.</summary>
    public bool Kept { get; init; }

    /// <summary>Who keeps the version, and why; null when it is left to retention.</summary>
    public VersionPin? Pinned { get; init; }

    /// <summary>Who overruled failed checks, and which; null when nobody did.</summary>
    public ForcedFacts? Forced { get; init; }

    /// <summary>The version whose data it has again; null for a refresh.</summary>
    public int? RolledBackFrom { get; init; }

    /// <summary>The run whose rejected data it is; null for a refresh.</summary>
    public Guid? AcceptedFrom { get; init; }

    /// <summary>How many refreshes found its data unchanged; null where no run database tells.</summary>
    public int? UnchangedRefreshes { get; init; }

    /// <summary>Why it made no version; null for a version.</summary>
    public string? Problem { get; init; }

    /// <summary>What a person should know of it, in words.</summary>
    [JsonIgnore]
    public IEnumerable<string> Remarks
    {
        get
        {
            if (Served)
                yield return "served";
            if (RolledBackFrom is { } old)
                yield return $"rolled back to {old}";
            if (AcceptedFrom is not null)
                yield return "accepted";
            else if (Forced is not null)
                yield return "forced";
            if (Pinned is not null)
                yield return "pinned";
            if (UnchangedRefreshes is > 0 and var times)
                yield return $"unchanged {times}×";
            if (Version is not null && !Kept)
                yield return "removed";
            if (Outcome == Outcome.Rejected && Kept)
                yield return "data kept";
        }
    }
}
