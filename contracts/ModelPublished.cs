namespace Benchmark.Contracts;

/// <summary>The publisher is done with a model: readers see the version named here.</summary>
public sealed record ModelPublished
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary><see cref="Outcome.Published"/>, <see cref="Outcome.Unchanged"/> or <see cref="Outcome.Superseded"/>.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The version being served.</summary>
    public required int Version { get; init; }

    /// <summary>Rows of the version being served.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of the version being served.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many checks gave a warning.</summary>
    public int Warnings { get; init; }

    /// <summary>The column that drifted furthest from the previous version; none on a first version.</summary>
    public WorstDrift? WorstDrift { get; init; }
}
