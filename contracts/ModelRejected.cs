namespace Benchmark.Contracts;

/// <summary>Staged data failed a check; it is in <c>.rejected/&lt;run&gt;</c> with its report.</summary>
public sealed record ModelRejected
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>
    /// <see cref="Outcome.Rejected"/>; its reason has one sentence for each failed check: column, observed value,
    /// limit, sample line.
    /// </summary>
    public required RefreshOutcome Refresh { get; init; }
}
