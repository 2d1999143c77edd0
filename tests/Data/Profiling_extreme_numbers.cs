using System.Globalization;
using Benchmark.Tests.Support;
using static Benchmark.Data.Tests.Columns;

namespace Benchmark.Data.Tests;

/// <summary>Numbers at both ends of the doubles.</summary>
public sealed class Profiling_extreme_numbers : IDisposable
{
    private const string Largest = "1.7976931348623157e308";

    private readonly Columns _columns = new();

    public void Dispose() => _columns.Dispose();

    [Fact]
    public void Counts_numbers_that_are_further_apart_than_the_largest()
    {
        string[] numbers = ["-1.7e308", "-1.6e308", "1.6e308", "1.7e308", "1.5e308"];

        var column = _columns.Scan(Plan(ColumnType.Number) with { Bins = 4 }, numbers).Profile;

        column.Bins!.Edges.Should().BeInAscendingOrder().And.OnlyContain(edge => double.IsFinite(edge));
        column.Bins.Counts.Should().Equal(2, 1, 1, 1);
        column.Quantiles.Should().OnlyContain(quantile => double.IsFinite(quantile.Value));
        column.Quantiles!["0.25"].Should().Be(-1.6e308);
        column.Mean.Should().BeApproximately(0.3e308, 1e293);
        column.Stddev.Should().BeApproximately(Math.Sqrt(3.175) * 1e308, 1e294);
    }

    [Theory]
    [InlineData(1.7976931348623157e308, 0.0, Largest, Largest)]
    [InlineData(1.7976931348623157e308, 0.0, Largest, Largest, Largest)]
    [InlineData(0.0, 1.7976931348623157e308, Largest, "-" + Largest, "0")]
    [InlineData(0.0, double.PositiveInfinity, Largest, "-" + Largest)]
    [InlineData(0.1, 0.0, "0.1", "0.1", "0.1")]
    [InlineData(0.5, 8.16496580927726e15, "1e16", "1", "-1e16", "1")]
    [InlineData(1e-320, 0.0, "1e-320", "1e-320")]
    [InlineData(5e-324, 0.0, "5e-324", "5e-324", "5e-324")]
    [InlineData(0.0, 1.4142135623730951e-200, "1e-200", "-1e-200")]
    [InlineData(2e-200, 1e-200, "1e-200", "2e-200", "3e-200")]
    [InlineData(2e200, 1e200, "1e200", "2e200", "3e200")]
    [InlineData(0.0, 0.0, "-0", "0")]
    public void Averages_them(double mean, double stddev, params string[] numbers)
    {
        var column = _columns.Profile(ColumnType.Number, numbers);

        column.Mean.Should().BeApproximately(mean, Math.Abs(mean) * 1e-15);
        if (double.IsInfinity(stddev))
            column.Stddev.Should().Be(stddev, "it is beyond the largest double");
        else
            column.Stddev.Should().BeApproximately(stddev, stddev * 1e-15);
    }

    [Theory]
    [InlineData("1e16", "1", "-1e16")]
    [InlineData("1.7e308", "1.7e308", "-1.7e308")]
    [InlineData("1e-200", "2e-200", "3e-200")]
    [InlineData("5e-324", "1e300", "-1e300")]
    public void Averages_them_in_a_column_that_memory_has_no_room_for(params string[] numbers)
    {
        // More distinct values than are counted one by one, and of them all the sum is 0.
        string[] many = [.. Enumerable.Range(0, 3000).Select(i => (i - 1499.5).ToString(CultureInfo.InvariantCulture))];
        string[] values = [.. Enumerable.Repeat(numbers, 3001).SelectMany(all => all), .. many];

        var exact = _columns.Scan(Plan(ColumnType.Number), values).Profile;
        var sketched = _columns.Scan(Plan(ColumnType.Number), values, memory: 0).Profile;

        sketched.RankError.Should().NotBeNull();
        var scale = exact.Stddev!.Value * 1e-13;
        sketched.Mean.Should().BeApproximately(exact.Mean!.Value, numbers[0] == "1e16" ? 1e-15 : scale);
        sketched.Stddev.Should().BeApproximately(exact.Stddev.Value, scale);
        double.IsFinite(exact.Mean.Value).Should().BeTrue();
    }

    [Fact]
    public void Counts_every_row_once_between_edges_in_order()
    {
        var random = Seed.Random();
        for (var round = 0; round < 300; round++)
        {
            string[] numbers = [.. Enumerable.Range(0, random.Next(20, 60)).Select(_ => Any(random))];

            var column = _columns.Scan(Plan(ColumnType.Number) with { Bins = random.Next(2, 12) }, numbers).Profile;
            var again = _columns.Scan(Plan(ColumnType.Number, column), numbers);

            column.Bins!.Counts.Should().OnlyContain(count => count >= 0);
            (column.Bins.Counts.Sum() + column.Bins.Missing).Should().Be(numbers.Length);
            (column.Bins.Edges ?? []).Should().BeInAscendingOrder();
            (column.Mean is { } mean && double.IsNaN(mean)).Should().BeFalse();
            (column.Stddev is { } stddev && double.IsNaN(stddev)).Should().BeFalse();
            again.Tally!.Counts.Should().Equal(column.Bins.Counts);
        }
    }

    [Fact]
    public void Takes_what_no_double_holds_for_no_number()
    {
        var plan = Plan(ColumnType.Number);

        _columns.Findings(plan, "1e309", "1", "-1e309").NotOfType.Lines.Should().Equal(2, 4);
    }

    // Any bits: most doubles are very large or very small; and now and then an end, or a value again.
    private static string Any(Random random) => random.Next(8) switch
    {
        0 => Largest,
        1 => "-" + Largest,
        2 => "5e-324",
        3 => random.Next(2) == 0 ? "Infinity" : "-Infinity",
        4 => "-0",
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)) is var number
            && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "1",
    };
}
