namespace Benchmark.Contracts;

/// <summary>Asks the Publisher to make an old version of a model the newest: a new number, the same data.</summary>
public sealed record RollBackModel
{
    /// <summary>The run, opened by <see cref="RefreshRunStarted"/> with <see cref="RunTrigger.Rollback"/>.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary>The version whose data is served again.</summary>
    public required int ToVersion { get; init; }

    /// <summary>Who requested it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public required string Reason { get; init; }
}
