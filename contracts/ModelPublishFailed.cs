namespace Benchmark.Contracts;

/// <summary>Checked data could not be published, and a retry would not help.</summary>
public sealed record ModelPublishFailed
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary><see cref="Outcome.Failed"/>, with what happened and what to do next.</summary>
    public required RefreshOutcome Refresh { get; init; }
}
