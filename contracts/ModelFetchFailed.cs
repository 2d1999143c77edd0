namespace Benchmark.Contracts;

/// <summary>A model's data could not be fetched, and a retry would not help.</summary>
public sealed record ModelFetchFailed
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary><see cref="Outcome.Failed"/>, with what happened and what to do next.</summary>
    public required RefreshOutcome Refresh { get; init; }

    /// <summary>
    /// Whether all that is wrong is that the source does not have its new data yet: such a refresh ends as
    /// <see cref="Outcome.SourceLate"/>.
    /// </summary>
    // Beside the outcome, because a Notifier of an earlier version does not know that word.
    public bool SourceLate { get; init; }
}
