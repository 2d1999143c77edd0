namespace Benchmark.Contracts;

/// <summary>Staged data broke a check; it lies in <c>.rejected/&lt;run&gt;</c> with its report.</summary>
public sealed record ModelRejected
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary>Every failed check in one sentence each: column, observed, limit, sample line. Never empty.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Rows in the rejected data.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of the rejected data.</summary>
    public required long Bytes { get; init; }

    /// <summary>The column that drifted furthest from the published version; none on a first version.</summary>
    public WorstDrift? WorstDrift { get; init; }
}
