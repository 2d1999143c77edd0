using Benchmark.Validator.Stability;

namespace Benchmark.Validator.Tests;

/// <summary>Numbers that others published, each recomputed from its rule.</summary>
public sealed class Computing_psi
{
    private static readonly PsiConvention s_raw = new("raw", bin => bin.Shares);
    private static readonly PsiConvention s_popmon =
        new("popmon", bin => new BinShares(bin.Shares.Expected + 1e-5, bin.Shares.Actual + 1e-5));

    [Theory]
    // Deequ, KLLDistanceTest
    [InlineData(
        new long[] { 428, 425, 414, 427, 440, 447, 380, 386, 444, 386 },
        new long[] { 426, 437, 429, 391, 469, 433, 360, 443, 371, 418 }, 0.007406694184014186)]
    // popmon, test_comparisons: no share is zero, so the default says what the raw rule says
    [InlineData(new long[] { 85, 5, 5, 5 }, new long[] { 25, 25, 25, 25 }, 1.6999280064337297)]
    // feature_engine
    [InlineData(new long[] { 3, 3, 4 }, new long[] { 2, 2, 6 }, 0.1621860432432657)]
    [InlineData(
        new long[] { 10, 10, 10, 10, 10, 10, 10, 10, 10, 10 },
        new long[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 100 }, 8.283089355027482)]
    [InlineData(new long[] { 50, 0 }, new long[] { 0, 70 }, 18.41883867587797)]
    // Evidently: categories 0, 2, 1, 3 of [3, 2, 2] against [1, 2, 3], over the union of values
    [InlineData(new long[] { 0, 2, 0, 1 }, new long[] { 0, 1, 1, 1 }, 2.9341472484810085)]
    // DataProfiler
    [InlineData(new long[] { 4, 3, 1 }, new long[] { 3, 2, 2 }, 0.16814961527477595)]
    [InlineData(new long[] { 4, 3, 0 }, new long[] { 3, 2, 2 }, 2.371818811905591)]
    // one empty bin
    [InlineData(
        new long[] { 100, 100, 100, 100, 100, 100, 100, 100, 100, 100 },
        new long[] { 200, 100, 100, 100, 100, 100, 100, 100, 100, 0 }, 0.7593994704263101)]
    public void Gives_the_published_number(long[] expected, long[] actual, double psi)
    {
        var result = Psi.Of(Bins(expected, actual), PsiConvention.Benchmark);

        result.Psi.Should().BeApproximately(psi, psi * 1e-13);
    }

    [Fact]
    public void Takes_another_convention_by_its_treatment_of_shares()
    {
        long[] expected = [85, 5, 5, 5];
        long[] actual = [25, 25, 25, 25];

        var popmon = Psi.Of(Bins(expected, actual), s_popmon);
        var raw = Psi.Of(Bins([100, 100], [200, 0]), s_raw);

        popmon.Psi.Should().BeApproximately(1.699815077214137, 1e-14);
        raw.Psi.Should().Be(double.PositiveInfinity);
    }

    [Theory]
    [InlineData(0, 2.5081121167199285)]
    [InlineData(50, 0.5242852796948092)]
    public void Counts_missing_values_as_a_bin(long missingBefore, double psi)
    {
        // Ten equal bins and a bin 'missing' that grows to 30 %, the rest in proportion.
        long[] expected = [.. Enumerable.Repeat(1000 - missingBefore, 10), missingBefore * 10];
        long[] actual = [.. Enumerable.Repeat(700L, 10), 3000];

        var result = Psi.Of(Bins(expected, actual), PsiConvention.Benchmark);

        result.Psi.Should().BeApproximately(psi, psi * 1e-13);
    }

    [Fact]
    public void Says_how_many_bins_were_smoothed_and_adds_nothing_for_one_that_both_sides_leave_empty()
    {
        var result = Psi.Of(Bins([10, 0, 0, 5], [0, 10, 0, 5]), PsiConvention.Benchmark);

        result.SmoothedBins.Should().Be(2);
        result.Bins[2].Contribution.Should().Be(0);
        result.Bins.Sum(b => b.Contribution).Should().Be(result.Psi);
        result.Bins[0].Should().BeEquivalentTo(
            new { Expected = 10L, Actual = 0L, ExpectedShare = 10 / 15.0, ActualShare = 0.0 });
    }

    [Fact]
    public void Refuses_a_side_without_rows()
    {
        var compare = () => Psi.Of(Bins([10, 5], [0, 0]), PsiConvention.Benchmark);

        compare.Should().Throw<ArgumentException>().WithMessage("*no rows*");
    }

    private static List<BinCount> Bins(long[] expected, long[] actual) =>
        [.. expected.Zip(actual, (e, a) => new BinCount("bin", e, a))];
}
