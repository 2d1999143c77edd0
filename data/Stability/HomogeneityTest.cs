namespace Benchmark.Data.Stability;

/// <summary>
/// Pearson's chi-square test of homogeneity: how probable it is that two samples of one population differ as much as
/// these do.
/// </summary>
internal sealed record HomogeneityTest
{
    // Cochran's rule: with fewer rows expected in a cell, the chi-square distribution does not hold.
    private const double LeastExpected = 5;

    /// <summary>Whether some cell holds too few rows for the chi-square distribution.</summary>
    public required bool HasThinCells { get; init; }

    /// <summary>The p-value, with thin cells put together.</summary>
    public required double PValue { get; init; }

    /// <summary>Tests the cells of two samples; both samples have rows, and no cell is empty on both sides.</summary>
    public static HomogeneityTest Of(IReadOnlyList<Cell> cells)
    {
        var (rows, otherRows) = (cells.Sum(cell => cell.Expected), cells.Sum(cell => cell.Actual));
        // Of both samples, the smaller one expects fewer rows in a cell.
        var share = (double)Math.Min(rows, otherRows) / (rows + otherRows);
        var thin = cells.Any(cell => cell.Rows * share < LeastExpected);
        var tested = thin ? PutTogether(cells, LeastExpected / share) : cells;
        var statistic = Statistic(
            [.. tested.Select(cell => cell.Expected)], [.. tested.Select(cell => cell.Actual)], rows, otherRows);
        return new HomogeneityTest
        {
            HasThinCells = thin,
            PValue = tested.Count < 2 ? 1 : ChiSquare.UpperTail(statistic, tested.Count - 1),
        };
    }

    /// <summary>Pearson's chi-square of two samples; cells that are empty on both sides add nothing.</summary>
    public static double Statistic(
        ReadOnlySpan<long> expected, ReadOnlySpan<long> actual, long expectedRows, long actualRows)
    {
        var sum = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = (double)actualRows * expected[i] - (double)expectedRows * actual[i];
            sum += difference * difference / Math.Max(1, expected[i] + actual[i]);
        }
        return sum / expectedRows / actualRows;
    }

    // Which cells are thin depends on both samples together, so putting them together favours no outcome.
    private static List<Cell> PutTogether(IReadOnlyList<Cell> cells, double leastRows)
    {
        var ordered = cells.OrderBy(cell => cell.Rows).ToList();
        var (expected, actual, taken) = (0L, 0L, 0);
        while (taken < ordered.Count && (ordered[taken].Rows < leastRows || expected + actual < leastRows))
        {
            expected += ordered[taken].Expected;
            actual += ordered[taken].Actual;
            taken++;
        }
        return [new Cell(expected, actual), .. ordered.Skip(taken)];
    }
}
