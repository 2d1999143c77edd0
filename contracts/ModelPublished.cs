namespace Benchmark.Contracts;

/// <summary>The Publisher has finished a refresh: readers see the version given here.</summary>
public sealed record ModelPublished
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>
    /// <see cref="Outcome.Published"/>, <see cref="Outcome.Unchanged"/> or <see cref="Outcome.Superseded"/>, with the
    /// served version.
    /// </summary>
    public required RefreshOutcome Refresh { get; init; }
}
