namespace Benchmark.Contracts;

/// <summary>Opens a run and freezes the set of models whose outcome it waits for.</summary>
public sealed record RefreshRunStarted
{
    /// <summary>The run; the same schedule and slot always give the same id.</summary>
    public required Guid RunId { get; init; }

    /// <summary>What started it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>Who requested it; none for a schedule.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it closes even if outcomes are missing, UTC.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>SHA-256 of the registry the run is pinned to.</summary>
    public required string RegistrySha256 { get; init; }

    /// <summary>The models whose outcome closes the run. Never empty.</summary>
    public required IReadOnlyList<ModelKey> Models { get; init; }
}
