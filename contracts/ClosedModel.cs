namespace Benchmark.Contracts;

/// <summary>How one model ended in a run that has closed.</summary>
public sealed record ClosedModel
{
    /// <summary>The value stream, as asked for.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model, as asked for.</summary>
    public required string Model { get; init; }

    /// <summary>How it ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Where it ended.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The version being served; none when none was published.</summary>
    public int? Version { get; init; }

    /// <summary>Its data rows; none when there were none to count.</summary>
    public long? Rows { get; init; }

    /// <summary>The size of its data; none when there was none.</summary>
    public long? Bytes { get; init; }

    /// <summary>How many checks of what was published were broken that do not stop publishing.</summary>
    public int Warnings { get; init; }

    /// <summary>What went wrong; several reasons are separated by line ends.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do next, where the service said so.</summary>
    public string? Hint { get; init; }

    /// <summary>The column that moved furthest; none when nothing was compared.</summary>
    public WorstDrift? WorstDrift { get; init; }
}
