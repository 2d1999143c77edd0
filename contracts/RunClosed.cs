namespace Benchmark.Contracts;

/// <summary>A run has closed: every model that it waited for has an outcome.</summary>
public sealed record RunClosed
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>
    /// <see cref="RunState.Completed"/>, or <see cref="RunState.Incomplete"/> when models are missing.
    /// </summary>
    public required RunState State { get; init; }

    /// <summary>When it closed, UTC.</summary>
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>What started it; none when its start never arrived.</summary>
    public RunTrigger? Trigger { get; init; }

    /// <summary>Who requested it; none for a schedule, or when its start never arrived.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When it started, UTC; none when its start never arrived.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How each of its models ended. Empty in a message from an older version.</summary>
    public IReadOnlyList<RefreshOutcome> Models { get; init; } = [];
}
