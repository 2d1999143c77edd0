using Benchmark.Data.Profiling;

namespace Benchmark.Data.Stability;

/// <summary>A column of a reference, and the rows of other data in its frozen bins.</summary>
public sealed class ColumnComparison
{
    /// <summary>
    /// The share of the rows outside the reference's range that is too much, unless chance explains it.
    /// </summary>
    public const double MostOutOfRange = 0.01;

    internal ColumnComparison(ColumnProfile reference, BinTally tally) => (Reference, Tally) = (reference, tally);

    /// <summary>The reference's column; it has bins.</summary>
    public ColumnProfile Reference { get; }

    /// <summary>Rows of the other data.</summary>
    public long Rows => Tally.Rows;

    /// <summary>The names of the bins, as people write them.</summary>
    public IReadOnlyList<string> Bins => Reference.Bins!.Names(Reference.Type);

    /// <summary>
    /// The names of the bins of values; the others, such as <c>missing</c>, depend on the data, and may have no points.
    /// </summary>
    public IReadOnlyList<string> BinsOfValues => [.. Bins.Take(Reference.Bins!.Counts.Count)];

    /// <summary>Whether the column has a range to leave: dates move on by themselves.</summary>
    public bool HasRange => Reference.Type.IsNumeric() && Reference.Min is not null;

    /// <summary>Rows below the reference's least or above its greatest value; they are in a bin, too.</summary>
    public long OutOfRange => Tally.OutOfRange;

    /// <summary>
    /// How probable so many rows out of range are by chance; null up to <see cref="MostOutOfRange"/>.
    /// </summary>
    public double? OutOfRangePValue => Tally.OutOfRange > MostOutOfRange * Tally.Rows
        ? ShareTest.OutOfRange(
            Tally.OutOfRange, Reference.Bins!.Counts.Sum(), Tally.Counts.Sum() + Tally.Other + Tally.Unseen)
        : null;

    /// <summary>Whether every row holds one and the same value, which the reference does not have.</summary>
    public bool IsOneUnseenValue => Tally is { UnseenValues: [_], Missing: 0 } && Tally.Unseen == Tally.Rows;

    internal BinTally Tally { get; }

    /// <summary>The population stability index alone, of all bins.</summary>
    /// <exception cref="ArgumentException">A side has no rows.</exception>
    public double Psi(PsiConvention convention) =>
        Stability.Psi.Of(Tally.Beside(Reference.Bins!, Reference.Type), convention).Psi;

    /// <summary>The verdict on the column, with the table that explains it; null when a side has no rows.</summary>
    /// <param name="warn">A column at or above this PSI has shifted.</param>
    /// <param name="fail">A column at or above this PSI has moved.</param>
    /// <param name="convention">How a bin counts that is empty on one side.</param>
    /// <param name="points">The points that a scorecard gives for each bin, by the bin's name; they are left out
    /// where the reference has other bins than the scorecard.</param>
    public ColumnStability? Judge(
        double warn, double fail, PsiConvention convention, IReadOnlyDictionary<string, double>? points = null) =>
        ColumnStability.Of(
            Reference, Tally, new PsiLimits(warn, fail), convention,
            points is not null && BinsOfValues.All(points.ContainsKey) ? points : null);
}
