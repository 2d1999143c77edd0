namespace Benchmark.Data.Stability;

/// <summary>
/// The PSI that two samples of one population show by chance alone: PSI / (1/n + 1/m) is asymptotically chi-square
/// with one degree of freedom less than there are bins.
/// </summary>
internal static class SamplingNoise
{
    /// <summary>The mean PSI of two such samples.</summary>
    public static double Mean(int bins, long expectedRows, long actualRows) =>
        bins < 2 ? 0 : (bins - 1) * Spread(expectedRows, actualRows);

    /// <summary>The PSI that two such samples stay under with this probability.</summary>
    public static double Limit(int bins, long expectedRows, long actualRows, double probability = 0.95) =>
        bins < 2 ? 0 : ChiSquare.Quantile(probability, bins - 1) * Spread(expectedRows, actualRows);

    private static double Spread(long expectedRows, long actualRows) => 1.0 / expectedRows + 1.0 / actualRows;
}
