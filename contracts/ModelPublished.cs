namespace Benchmark.Contracts;

/// <summary>The publisher is done with a model: readers see the version named here.</summary>
public sealed record ModelPublished
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>
    /// <see cref="Outcome.Published"/>, <see cref="Outcome.Unchanged"/> or <see cref="Outcome.Superseded"/>, with the
    /// version being served.
    /// </summary>
    public required RefreshOutcome Refresh { get; init; }
}
