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

    /// <summary>The verdict.</summary>
    public required Band Band { get; init; }

    /// <summary>Bins that were empty on one side and were smoothed.</summary>
    public required int SmoothedBins { get; init; }

    /// <summary>Share of all rows that lie below the benchmark's least or above its greatest value.</summary>
    public required double OutOfRangeRate { get; init; }

    /// <summary>The bins and what each adds to the PSI.</summary>
    public required IReadOnlyList<BinPart> Bins { get; init; }

    /// <summary>Compares a column with its benchmark; null when a side has no rows.</summary>
    public static ColumnStability? Of(
        ColumnProfile benchmark, BinTally tally, PsiLimits limits, PsiConvention convention)
    {
        var bins = tally.Beside(benchmark.Bins!, benchmark.Type);
        if (bins.Sum(b => b.Expected) == 0 || tally.Rows == 0)
            return null;
        var psi = Stability.Psi.Of(bins, convention);
        return new ColumnStability
        {
            Column = benchmark.Name,
            Kind = benchmark.Bins!.Kind == BinKind.Categorical ? "categorical" : "numeric",
            Psi = psi.Psi,
            NoiseMean = psi.NoiseMean,
            NoiseLimit = psi.NoiseLimit,
            Band = limits.BandOf(psi.Psi, psi.NoiseLimit),
            SmoothedBins = psi.SmoothedBins,
            OutOfRangeRate = (double)tally.OutOfRange / tally.Rows,
            Bins = psi.Bins,
        };
    }
}
