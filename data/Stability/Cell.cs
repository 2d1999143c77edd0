using Benchmark.Data.Profiling;

namespace Benchmark.Data.Stability;

/// <summary>Rows of two samples that have something in common: a bin, or a value.</summary>
/// <param name="Expected">Rows of the benchmark.</param>
/// <param name="Actual">Rows of the data compared with it.</param>
/// <param name="Kind">How its rows come to be in it.</param>
internal readonly record struct Cell(long Expected, long Actual, CellKind Kind = CellKind.Given)
{
    /// <summary>Rows of both samples.</summary>
    public long Rows => Expected + Actual;

    /// <summary>
    /// The bins that are not empty on both sides. Each value that the benchmark does not have is a cell of its own: as
    /// one bin <c>unseen</c>, rare values of one population would look like a change.
    /// </summary>
    public static IReadOnlyList<Cell> Of(FrozenBins benchmark, BinTally tally)
    {
        var byValue = benchmark is { Kind: BinKind.Discrete or BinKind.Categorical, Groups: null, Other: null };
        var kind = byValue ? CellKind.Value : benchmark.Kind == BinKind.Quantile ? CellKind.Quantile : CellKind.Given;
        var unseen = byValue && tally.UnseenValues is { } values ? values : [tally.Unseen];
        IEnumerable<Cell> cells =
        [
            .. benchmark.Counts.Zip(tally.Counts, (expected, actual) => new Cell(expected, actual, kind)),
            .. (benchmark.Special ?? []).Zip(tally.Special, (code, actual) => new Cell(code.Count, actual)),
            new Cell(benchmark.Other ?? 0, tally.Other),
            .. unseen.Select(rows => new Cell(0, rows, byValue ? CellKind.Value : CellKind.Given)),
            new Cell(benchmark.Missing, tally.Missing),
        ];
        return [.. cells.Where(cell => cell.Rows > 0)];
    }
}

/// <summary>How rows come to be in a cell.</summary>
internal enum CellKind
{
    /// <summary>By a rule that does not depend on either sample.</summary>
    Given,

    /// <summary>They hold its value; where the benchmark has none of it, they are in the bin <c>unseen</c>.</summary>
    Value,

    /// <summary>They lie between two values of the benchmark, which has the same number of rows in each.</summary>
    Quantile,
}
