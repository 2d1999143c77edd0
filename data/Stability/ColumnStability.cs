using Benchmark.Data.Profiling;

namespace Benchmark.Data.Stability;

/// <summary>How far one column is from its benchmark, with the table that explains it; see <c>psi --json</c>.</summary>
public sealed record ColumnStability
{
    /// <summary>Name of the column.</summary>
    public required string Column { get; init; }

    /// <summary><c>numeric</c> or <c>categorical</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Population stability index, of all bins.</summary>
    public required double Psi { get; init; }

    /// <summary>PSI that chance alone gives on average.</summary>
    public required double NoiseMean { get; init; }

    /// <summary>PSI that two samples of one population stay under 95 times in 100.</summary>
    public required double NoiseLimit { get; init; }

    /// <summary>Where p-value and noise are from.</summary>
    public required NoiseMethod NoiseMethod { get; init; }

    /// <summary>
    /// How probable it is that two samples of one population differ as much in these bins: the p-value of a chi-square
    /// test of homogeneity.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>The verdict.</summary>
    public required Band Band { get; init; }

    /// <summary>Why there is no verdict, in words; null where there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>Bins that are not empty on both sides: those that verdict and noise stand on.</summary>
    public required int BinsFilled { get; init; }

    /// <summary>Bins that were empty on one side and were smoothed.</summary>
    public required int SmoothedBins { get; init; }

    /// <summary>Share of all rows that lie below the benchmark's least or above its greatest value.</summary>
    public required double OutOfRangeRate { get; init; }

    /// <summary>Share of all rows that have no value, in the data compared with the benchmark.</summary>
    public required double MissingRate { get; init; }

    /// <summary>Share of the rows with a value that are in the bin <c>other</c>, on the side that has more.</summary>
    public required double OtherRate { get; init; }

    /// <summary>The change of the mean score points: Σ (A − E) · points; null where no points are known.</summary>
    public double? CsiPoints { get; init; }

    /// <summary>The bins and what each adds to the PSI.</summary>
    public required IReadOnlyList<BinPart> Bins { get; init; }

    /// <summary>Compares a column with its benchmark; null when a side has no rows.</summary>
    /// <param name="points">The points that a scorecard gives for each bin, by the bin's name.</param>
    internal static ColumnStability? Of(
        ColumnProfile benchmark, BinTally tally, PsiLimits limits, PsiConvention convention,
        IReadOnlyDictionary<string, double>? points = null)
    {
        var counts = tally.Beside(benchmark.Bins!, benchmark.Type);
        if (counts.Sum(b => b.Expected) == 0 || tally.Rows == 0)
            return null;
        var psi = Stability.Psi.Of(counts, convention);
        var chance = Chance.Of(Cell.Of(benchmark.Bins!, tally), psi, convention, limits.Warn);
        var otherRate = OtherRateOf(benchmark.Bins!, tally);
        var verdict = ColumnVerdict.Of(psi, chance, limits, otherRate);
        IReadOnlyList<BinPart> bins = points is null ? psi.Bins : [.. psi.Bins.Select(bin => WithPoints(bin, points))];
        return new ColumnStability
        {
            Column = benchmark.Name,
            Kind = benchmark.Bins!.Kind == BinKind.Categorical ? "categorical" : "numeric",
            Psi = psi.Psi,
            NoiseMean = chance.NoiseMean,
            NoiseLimit = chance.NoiseLimit,
            NoiseMethod = chance.Method,
            PValue = chance.PValue,
            Band = verdict.Band,
            Reason = verdict.Reason,
            BinsFilled = psi.FilledBins,
            SmoothedBins = psi.SmoothedBins,
            OutOfRangeRate = (double)tally.OutOfRange / tally.Rows,
            MissingRate = (double)tally.Missing / tally.Rows,
            OtherRate = otherRate,
            CsiPoints = points is null ? null : bins.Sum(bin => bin.Difference * (bin.Points ?? 0)),
            Bins = bins,
        };
    }

    private static double OtherRateOf(FrozenBins benchmark, BinTally tally)
    {
        var other = benchmark.Other ?? 0;
        return Math.Max(
            Rate(other, benchmark.Counts.Sum() + other),
            Rate(tally.Other, tally.Counts.Sum() + tally.Other + tally.Unseen));

        static double Rate(long part, long all) => all == 0 ? 0 : (double)part / all;
    }

    private static BinPart WithPoints(BinPart bin, IReadOnlyDictionary<string, double> points) =>
        points.TryGetValue(bin.Bin, out var given) ? bin with { Points = given } : bin;
}
