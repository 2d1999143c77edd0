namespace Benchmark.Contracts;

/// <summary>A model's data could not be fetched, and asking again would not help.</summary>
public sealed record ModelFetchFailed
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The value stream, as asked for.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model, as asked for.</summary>
    public required string Model { get; init; }

    /// <summary>What happened, for a person to read.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do next, for a person to read.</summary>
    public string? Hint { get; init; }
}
