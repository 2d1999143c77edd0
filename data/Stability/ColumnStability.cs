using Benchmark.Data.Profiling;

namespace Benchmark.Data.Stability;

/// <summary>How far one column is from its benchmark, with the table that explains it; see <c>psi --json</c>.</summary>
public sealed record ColumnStability
{
    public required string Column { get; init; }

    /// <summary><c>numeric</c> or <c>categorical</c>.</summary>
    public required string Kind { get; init; }

    public required double Psi { get; init; }

    public required double NoiseMean { get; init; }

    public required double NoiseLimit { get; init; }

    public required Band Band { get; init; }

    public required int SmoothedBins { get; init; }

    /// <summary>Share of all rows that lie below the benchmark's least or above its greatest value.</summary>
    public required double OutOfRangeRate { get; init; }

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
