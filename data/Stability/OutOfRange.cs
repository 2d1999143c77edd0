using Benchmark.Data.Profiling;

namespace Benchmark.Data.Stability;

/// <summary>Rows outside the benchmark's range: they share a bin with its least or greatest values.</summary>
public static class OutOfRange
{
    /// <summary>The share of the rows that is too much, where chance does not explain it.</summary>
    public const double Limit = 0.01;

    /// <summary>Whether a column has a range to leave: dates move on by themselves.</summary>
    public static bool AppliesTo(ColumnProfile benchmark) =>
        benchmark is { Type: ColumnType.Integer or ColumnType.Number or ColumnType.Decimal, Min: not null };

    /// <summary>How probable so many rows are by chance; null up to <see cref="Limit"/>.</summary>
    public static double? PValue(ColumnProfile benchmark, BinTally tally) =>
        tally.OutOfRange > Limit * tally.Rows
            ? ShareTest.OutOfRange(
                tally.OutOfRange, benchmark.Bins!.Counts.Sum(), tally.Counts.Sum() + tally.Other + tally.Unseen)
            : null;
}
