namespace Benchmark.Contracts;

/// <summary>Staged data broke a check; it lies in <c>.rejected/&lt;run&gt;</c> with its report.</summary>
public sealed record ModelRejected
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>
    /// <see cref="Outcome.Rejected"/>; its reason has every failed check in one sentence each: column, observed, limit,
    /// sample line.
    /// </summary>
    public required RefreshOutcome Refresh { get; init; }
}
