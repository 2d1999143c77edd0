namespace Benchmark.Data.Stability;

/// <summary>Population stability index: PSI = Σ (A − E) · ln(A / E) over the bins.</summary>
internal static class Psi
{
    /// <summary>The index of counted bins, with every bin's part in it.</summary>
    /// <exception cref="ArgumentException">A side has no rows.</exception>
    public static PsiResult Of(IReadOnlyList<BinCount> bins, PsiConvention convention)
    {
        var expectedTotal = bins.Sum(b => b.Expected);
        var actualTotal = bins.Sum(b => b.Actual);
        if (expectedTotal == 0 || actualTotal == 0)
            throw new ArgumentException("PSI compares two samples, and one of them has no rows.", nameof(bins));

        var filled = bins.Where(bin => !IsEmpty(bin)).ToList();
        var terms = new Queue<double>(
            Terms([.. filled.Select(bin => bin.Expected)], [.. filled.Select(bin => bin.Actual)], convention));
        var parts = bins.Select(bin => new BinPart
        {
            Bin = bin.Bin,
            Expected = bin.Expected,
            Actual = bin.Actual,
            ExpectedShare = (double)bin.Expected / expectedTotal,
            ActualShare = (double)bin.Actual / actualTotal,
            // A bin that is empty on both sides carries no information.
            Contribution = IsEmpty(bin) ? 0 : terms.Dequeue(),
        }).ToList();
        return new PsiResult
        {
            Psi = parts.Sum(part => part.Contribution),
            FilledBins = filled.Count,
            SmoothedBins = filled.Count(IsEmptyOnOneSide),
            NoiseMean = SamplingNoise.Mean(filled.Count, expectedTotal, actualTotal),
            NoiseLimit = SamplingNoise.Limit(filled.Count, expectedTotal, actualTotal),
            ExpectedRows = expectedTotal,
            ActualRows = actualTotal,
            Bins = parts,
        };
    }

    /// <summary>The part of each bin in the sum; no bin may be empty on both sides.</summary>
    internal static IEnumerable<double> Terms(
        IReadOnlyList<long> expected, IReadOnlyList<long> actual, PsiConvention convention)
    {
        var (before, now) = (convention.SharesOf(expected), convention.SharesOf(actual));
        for (var i = 0; i < before.Count; i++)
        {
            yield return before[i] == now[i]
                || (convention.SkipsEmptyBins && (expected[i] == 0 ^ actual[i] == 0))
                ? 0
                : (now[i] - before[i]) * Math.Log(now[i] / before[i]);
        }
    }

    private static bool IsEmpty(BinCount bin) => bin is { Expected: 0, Actual: 0 };

    private static bool IsEmptyOnOneSide(BinCount bin) => bin.Expected == 0 ^ bin.Actual == 0;
}

/// <summary>One bin with the rows that fall in it.</summary>
/// <param name="Bin">What people call it: an interval, a value, <c>missing</c>.</param>
/// <param name="Expected">Rows of the benchmark.</param>
/// <param name="Actual">Rows of the data compared with it.</param>
internal sealed record BinCount(string Bin, long Expected, long Actual);

/// <summary>A PSI with everything that explains it.</summary>
internal sealed record PsiResult
{
    /// <summary>
    /// The index, dimensionless; never negative; infinite by the convention <c>raw</c> where a side is empty.
    /// </summary>
    public required double Psi { get; init; }

    /// <summary>Bins that are not empty on both sides.</summary>
    public required int FilledBins { get; init; }

    /// <summary>Bins that are empty on one side; the convention says how they are treated.</summary>
    public required int SmoothedBins { get; init; }

    /// <summary>The mean of this PSI over samples of one population.</summary>
    public required double NoiseMean { get; init; }

    /// <summary>The PSI that two samples of one population stay under 95 times in 100.</summary>
    public required double NoiseLimit { get; init; }

    /// <summary>Rows of the benchmark.</summary>
    public required long ExpectedRows { get; init; }

    /// <summary>Rows of the data compared with it.</summary>
    public required long ActualRows { get; init; }

    /// <summary>Every bin, empty ones too.</summary>
    public required IReadOnlyList<BinPart> Bins { get; init; }
}

/// <summary>One bin's part in a PSI.</summary>
public sealed record BinPart
{
    /// <summary>What people call it: an interval, a value, <c>missing</c>.</summary>
    public required string Bin { get; init; }

    /// <summary>Rows of the benchmark.</summary>
    public required long Expected { get; init; }

    /// <summary>Rows of the data compared with it.</summary>
    public required long Actual { get; init; }

    /// <summary>Share of the benchmark, before smoothing.</summary>
    public required double ExpectedShare { get; init; }

    /// <summary>Share of the data compared with it, before smoothing.</summary>
    public required double ActualShare { get; init; }

    /// <summary>How the share has changed: above 0 it has grown.</summary>
    public double Difference => ActualShare - ExpectedShare;

    /// <summary>Its part of the sum.</summary>
    public required double Contribution { get; init; }

    /// <summary>The points that a scorecard gives for it; null where none are known.</summary>
    public double? Points { get; init; }
}
