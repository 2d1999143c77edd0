namespace Benchmark.Data;

/// <summary>One column of a data file.</summary>
public sealed record ColumnFacts
{
    /// <summary>Name as in the header.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>What the source says that it holds, where the registry declares another type; else none.</summary>
    public ColumnType? SourceType { get; init; }

    /// <summary>Rows without a value.</summary>
    public required long Nulls { get; init; }
}
