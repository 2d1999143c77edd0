using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Scanning;

/// <summary>What is known of a column after its last value was read.</summary>
public sealed record ScannedColumn
{
    /// <summary>What was known of it before.</summary>
    public required ColumnPlan Plan { get; init; }

    /// <summary>Its statistics and its own bins.</summary>
    public required ColumnProfile Profile { get; init; }

    /// <summary>
    /// Its rows in the bins of <see cref="ColumnPlan.Against"/>; null without bins, or with bins of another type.
    /// </summary>
    public ColumnComparison? Against { get; init; }

    /// <summary>Its rows in the bins of <see cref="ColumnPlan.Anchor"/>; null like the other.</summary>
    public ColumnComparison? Anchor { get; init; }

    /// <summary>Values that are not of its type.</summary>
    public required Finding NotOfType { get; init; }

    /// <summary>Rows without a value that needs one.</summary>
    public required Finding NoValue { get; init; }

    /// <summary>Values below its minimum or above its maximum.</summary>
    public required Finding NotInRange { get; init; }

    /// <summary>Values that are not among the allowed ones.</summary>
    public required Finding NotAllowed { get; init; }

    /// <summary>
    /// Why the special codes, edges or groups that people chose cannot be used; null when they can.
    /// </summary>
    public string? BinsProblem { get; init; }

    internal BinTally? Tally => Against?.Tally;
}
