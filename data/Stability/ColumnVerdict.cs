using static System.FormattableString;

namespace Benchmark.Data.Stability;

/// <summary>The verdict on one column.</summary>
/// <param name="Band">The verdict.</param>
/// <param name="Reason">Why there is none, in words; null where there is one.</param>
internal readonly record struct ColumnVerdict(Band Band, string? Reason)
{
    // Of a column with more in the bin 'other', no change of the greater part can be seen.
    private const double MostOther = 0.5;

    public static ColumnVerdict Of(PsiResult psi, Chance chance, PsiLimits limits, double otherRate)
    {
        var band = limits.BandOf(psi.Psi, chance.NoiseLimit, chance.PValue);
        if (band is Band.Moved or Band.Shifted)
            return new ColumnVerdict(band, null);
        if (NotComparable(psi, otherRate) is { } reason)
            return new ColumnVerdict(Band.NotComparable, reason);
        return new ColumnVerdict(band, band != Band.InsufficientSample ? null
            : psi.Psi < limits.Warn
                ? Invariant($"on so few rows chance alone gives up to {chance.NoiseLimit:0.###}")
                : $"on so few rows chance explains it: {PValue.InWords(chance.PValue)}");
    }

    private static string? NotComparable(PsiResult psi, double otherRate) =>
        otherRate >= MostOther
            // Cut off, because 99.96 % are not all.
            ? Invariant($"{Math.Floor(otherRate * 1000) / 10:0.#} % of the rows with a value share the bin other")
        : psi.FilledBins == 1
            ? $"every row is in the bin {psi.Bins.Single(bin => bin.Expected + bin.Actual > 0).Bin}"
        : null;
}
