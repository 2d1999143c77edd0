namespace Benchmark.Data.Stability;

/// <summary>Population stability index: PSI = Σ (A − E) · ln(A / E) over the bins.</summary>
public static class Psi
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
        var terms = new Queue<double>(Terms(filled, convention));
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
            SmoothedBins = filled.Count(IsEmptyOnOneSide),
            NoiseMean = SamplingNoise.Mean(filled.Count, expectedTotal, actualTotal),
            NoiseLimit = SamplingNoise.Limit(filled.Count, expectedTotal, actualTotal),
            ExpectedRows = expectedTotal,
            ActualRows = actualTotal,
            Bins = parts,
        };
    }

    private static IEnumerable<double> Terms(IReadOnlyList<BinCount> bins, PsiConvention convention)
    {
        var expected = convention.SharesOf([.. bins.Select(bin => bin.Expected)]);
        var actual = convention.SharesOf([.. bins.Select(bin => bin.Actual)]);
        return bins.Select((bin, i) =>
            expected[i] == actual[i] || (convention.SkipsEmptyBins && IsEmptyOnOneSide(bin))
                ? 0
                : (actual[i] - expected[i]) * Math.Log(actual[i] / expected[i]));
    }

    private static bool IsEmpty(BinCount bin) => bin is { Expected: 0, Actual: 0 };

    private static bool IsEmptyOnOneSide(BinCount bin) => bin.Expected == 0 ^ bin.Actual == 0;
}

/// <summary>One bin with the rows that fall in it.</summary>
/// <param name="Bin">What people call it: an interval, a value, <c>missing</c>.</param>
/// <param name="Expected">Rows of the benchmark.</param>
/// <param name="Actual">Rows of the data compared with it.</param>
public sealed record BinCount(string Bin, long Expected, long Actual);

/// <summary>A PSI with everything that explains it.</summary>
public sealed record PsiResult
{
    /// <summary>
    /// The index, dimensionless; never negative; infinite by the convention <c>raw</c> where a side is empty.
    /// </summary>
    public required double Psi { get; init; }

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

    /// <summary>Its part of the sum.</summary>
    public required double Contribution { get; init; }
}
