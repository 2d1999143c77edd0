using Benchmark.Data.Stability;
using Benchmark.Tests.Support;

namespace Benchmark.Data.Tests;

/// <summary>A small version of the tables in docs/psi.md: samples of one population, and populations that are gone.</summary>
public sealed class Judging_samples : IDisposable
{
    private readonly DrawnSamples _samples = new(Seed.Random());

    public void Dispose() => _samples.Dispose();

    [Theory]
    [InlineData(50, 50)]
    [InlineData(50, 1500)]
    [InlineData(300, 300)]
    [InlineData(1500, 50)]
    [InlineData(1500, 1500)]
    public void Seldom_calls_equal_samples_different(int rows, int currentRows)
    {
        const int pairs = 100;
        var alarms = new int[DrawnSamples.Columns.Count];

        for (var pair = 0; pair < pairs; pair++)
        {
            var columns = _samples.Equal(rows, currentRows);
            for (var i = 0; i < alarms.Length; i++)
                alarms[i] += columns[i].Band is Band.Shifted or Band.Moved ? 1 : 0;
        }

        // With a probability of 1 %, more than 6 of 100 come less than once in 10,000 times.
        alarms.Should().OnlyContain(count => count <= 6);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(30, 1500)]
    [InlineData(1500, 30)]
    public void Finds_every_value_gone_from_thirty_rows_on(int rows, int currentRows)
    {
        var columns = DrawnSamples.Compare(
            _samples.Profile(rows), _samples.WriteLost(currentRows, number: "", text: ""));

        columns.Should().OnlyContain(column => column.Band == Band.Moved);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(30, 1500)]
    [InlineData(1500, 30)]
    public void Finds_one_new_value_in_every_row_from_thirty_rows_on(int rows, int currentRows)
    {
        var columns = DrawnSamples.Compare(
            _samples.Profile(rows), _samples.WriteLost(currentRows, number: "9999", text: "elsewhere"));

        columns.Take(3).Should().OnlyContain(column => column.Band == Band.Moved);
        // Of 500 equally frequent texts in 1,500 rows none is frequent enough for a bin of its own.
        columns[3].Band.Should().NotBe(Band.Stable);
    }

    [Fact]
    public void Gives_the_same_verdict_again()
    {
        var bins = new[] { (3L, 9L), (6, 2), (5, 1), (1, 3) };

        var (first, second) = (Simulated(bins), Simulated(bins));

        first.Method.Should().Be(NoiseMethod.Simulation);
        second.Should().Be(first);
    }

    [Theory]
    [InlineData(12, 5, 6)]
    [InlineData(9_000, 4_000, 500)]
    [InlineData(9_000, 5, 3_000)]
    public void Draws_without_replacement_as_often_as_is_probable(long total, long good, long drawn)
    {
        var draws = new Draws(1);

        var counts = Enumerable.Range(0, 20_000).Select(_ => draws.WithoutReplacement(total, good, drawn)).ToList();

        var share = (double)good / total;
        var mean = drawn * share;
        var variance = mean * (1 - share) * (total - drawn) / (total - 1);
        counts.Should().OnlyContain(count => count >= 0 && count <= Math.Min(good, drawn));
        counts.Average().Should().BeApproximately(mean, 4 * Math.Sqrt(variance / 20_000));
        counts.Average(count => (count - mean) * (count - mean)).Should().BeApproximately(variance, 0.06 * variance);
    }

    [Theory]
    [InlineData(4, 1, 3)]
    [InlineData(2, 1, 50)]
    [InlineData(300, 3, 300)]
    [InlineData(300, 299, 40)]
    [InlineData(2_000, 700, 5_000)]
    public void Draws_into_gaps_as_often_as_is_probable(long gaps, long chosen, long values)
    {
        var draws = new Draws(1);

        var counts = Enumerable.Range(0, 20_000).Select(_ => draws.IntoGaps(gaps, chosen, values)).ToList();

        // Beta-binomial.
        var share = (double)chosen / gaps;
        var mean = values * share;
        var variance = mean * (1 - share) * (gaps + values) / (gaps + 1);
        counts.Should().OnlyContain(count => count >= 0 && count <= values);
        counts.Average().Should().BeApproximately(mean, 4 * Math.Sqrt(variance / 20_000));
        counts.Average(count => (count - mean) * (count - mean)).Should().BeApproximately(variance, 0.1 * variance);
    }

    [Theory]
    // Closed forms: erfc(√(x / 2)) of x = 4.5113 with one degree of freedom, e^(−x / 2) of x = 8 with two.
    [InlineData(new long[] { 60, 40 }, new long[] { 45, 55 }, 0.03367206885634583)]
    [InlineData(new long[] { 30, 30, 40 }, new long[] { 20, 20, 60 }, 0.01831563888873418)]
    public void Knows_how_probable_a_difference_is(long[] expected, long[] actual, double p)
    {
        var test = HomogeneityTest.Of([.. expected.Zip(actual, (e, a) => new Cell(e, a))]);

        test.HasThinCells.Should().BeFalse();
        test.PValue.Should().BeApproximately(p, p * 1e-9);
    }

    [Fact]
    public void Simulates_the_exact_probability_where_bins_are_thin()
    {
        // Of 8 rows, 4 and 4, that all good ones are on one side: 2 of 70 ways.
        var chance = Simulated((4, 0), (0, 4));

        chance.PValue.Should().BeApproximately(2 / 70.0, 0.01);
    }

    [Theory]
    // The sum of C(9, i) · C(11, 10 − i) / C(20, 10) for i = 8 and 9; 1 of C(55, 5) ways.
    [InlineData(1, 10, 8, 10, 0.0027387473207906646)]
    [InlineData(0, 50, 5, 5, 2.874586670369134e-07)]
    public void Knows_how_probable_a_rise_of_a_share_is(long before, long rowsBefore, long now, long rowsNow, double p)
    {
        ShareTest.More(before, rowsBefore, now, rowsNow).Should().BeApproximately(p, p * 1e-9);
    }

    [Fact]
    public void Knows_how_probable_values_beyond_the_least_and_the_greatest_are()
    {
        // Of the 6 orders of 2 values and 2 others, the 2 are side by side in 3, and enclose both others in 1.
        ShareTest.OutOfRange(2, 2, 2).Should().BeApproximately(1 / 2.0, 1e-12);
        ShareTest.OutOfRange(1, 2, 2).Should().BeApproximately(5 / 6.0, 1e-12);
        ShareTest.OutOfRange(0, 2, 2).Should().BeApproximately(1, 1e-12);
    }

    private static Chance Simulated(params (long Expected, long Actual)[] bins) =>
        Redraw.Simulate([.. bins.Select(bin => new Cell(bin.Expected, bin.Actual))], PsiConvention.Benchmark);
}
