using Benchmark.Contracts;

namespace Benchmark.Notifier.Runs;

/// <summary>How the last refresh of a model ended, and the run that it was part of.</summary>
public sealed record LatestRefresh
{
    public required Guid RunId { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>What started the run; null until its start has arrived.</summary>
    public RunTrigger? Trigger { get; init; }

    /// <summary>Who requested the run; null for a schedule.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    public required RefreshOutcome Refresh { get; init; }
}
