namespace Benchmark.Contracts;

/// <summary>
/// Asks the Publisher to publish what a run has rejected, as it lies there. It overrules the comparisons with other
/// versions, never integrity or row rules.
/// </summary>
public sealed record AcceptRejected
{
    /// <summary>The run, opened by <see cref="RefreshRunStarted"/> with <see cref="RunTrigger.Accept"/>.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary>The run that rejected the data.</summary>
    public required Guid RejectedRunId { get; init; }

    /// <summary>Who requested it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public required string Reason { get; init; }
}
