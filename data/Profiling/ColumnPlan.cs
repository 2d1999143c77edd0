namespace Benchmark.Data.Profiling;

/// <summary>What is known of a column before its first value is read.</summary>
public sealed record ColumnPlan
{
    /// <summary>Name as in the header.</summary>
    public required string Name { get; init; }

    /// <summary>What every value must be.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>Quantile bins of a numeric column; also the most numbers that each get a bin.</summary>
    public required int Bins { get; init; }

    /// <summary>Bins that are not taken from the data alone; null when all are.</summary>
    public BinRules? BinRules { get; init; }

    /// <summary>Whether every row must have a value.</summary>
    public bool Required { get; init; }

    /// <summary>Least allowed value, as the dialect spells it; null when there is none.</summary>
    public string? Min { get; init; }

    /// <summary>Greatest allowed value, as the dialect spells it; null when there is none.</summary>
    public string? Max { get; init; }

    /// <summary>The allowed values, as the dialect spells them; null when any is.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The column's profile in the published version; null when there is none.</summary>
    public ColumnProfile? Against { get; init; }

    /// <summary>The column's profile in the anchor of slow drift; null when there is none.</summary>
    public ColumnProfile? Anchor { get; init; }
}
