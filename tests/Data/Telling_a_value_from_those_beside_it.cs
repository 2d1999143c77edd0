using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using static Benchmark.Data.Tests.Columns;

namespace Benchmark.Data.Tests;

/// <summary>A value that fills a quantile bin alone has a bin of its own, a point.</summary>
public sealed class Telling_a_value_from_those_beside_it : IDisposable
{
    private readonly Columns _columns = new();

    public void Dispose() => _columns.Dispose();

    [Fact]
    public void Sees_the_loss_of_a_value_that_spans_several_quantiles()
    {
        var benchmark = _columns.Profile(ColumnType.Integer, [.. Numbers(1, 50), .. Repeat("9999", 950)]);

        var current = Compare(benchmark, [.. Enumerable.Repeat(Numbers(1, 50), 20).SelectMany(numbers => numbers)]);

        Bins(benchmark, current).Select(bin => (bin.Bin, bin.Expected, bin.Actual)).Should().Equal(
            ("(-∞, 9999)", 50, 1000), ("9999", 950, 0), ("(9999, ∞)", 0, 0), ("missing", 0, 0));
        Psi(benchmark, current).Should().BeApproximately(11.546, 0.0005);
    }

    [Fact]
    public void Sees_rows_that_go_below_the_least_value()
    {
        var benchmark = _columns.Profile(ColumnType.Integer, [.. Repeat("0", 600), .. Numbers(1, 400)]);

        var current = Compare(benchmark, [.. Repeat("-1", 600), .. Numbers(1, 400)]);

        Bins(benchmark, current).Take(4).Select(bin => (bin.Bin, bin.Expected, bin.Actual)).Should().Equal(
            ("(-∞, 0)", 0, 600), ("0", 600, 0), ("(0, 0.4]", 0, 0), ("(0.4, 100.3]", 100, 100));
        Psi(benchmark, current).Should().BeApproximately(10.438, 0.0005);
    }

    [Fact]
    public void Leaves_to_be_seen_on_how_many_bins_a_comparison_stands()
    {
        string[] amounts = [.. Numbers(101, 111)];

        var benchmark = _columns.Profile(ColumnType.Integer, [.. Repeat("0", 693), .. amounts]);
        var current = Compare(benchmark, [.. Repeat("0", 693), .. amounts.Select(amount => $"{amount}00")]);

        Bins(benchmark, current).Where(bin => bin.Expected + bin.Actual > 0).Select(bin => bin.Bin)
            .Should().Equal("0", "(0, ∞)");
        current.Tally!.OutOfRange.Should().Be(11);
    }

    [Theory]
    // Alone in the first bin; in the last; between two quantiles that are equal.
    [InlineData(0, 120, "-1", "(-∞, 0)")]
    [InlineData(1001, 112, "1002", "(1001, ∞)")]
    [InlineData(500, 400, "499.5", "(420.7, 500)")]
    [InlineData(500, 400, "500.5", "(500, 580.3]")]
    public void Sees_a_move_to_beside_a_value_wherever_it_lies(int value, int times, string beside, string bin)
    {
        var others = Numbers(1, 1000);
        var benchmark = _columns.Profile(ColumnType.Number, [.. others, .. Repeat($"{value}", times)]);

        var current = Compare(benchmark, [.. others, .. Repeat(beside, times)]);

        var bins = Bins(benchmark, current).ToDictionary(b => b.Bin, b => b.Actual - b.Expected);
        bins[bin].Should().Be(times);
        bins[$"{value}"].Should().Be(-times);
        Psi(benchmark, current).Should().BeGreaterThan(1);
    }

    [Theory]
    [InlineData(ColumnType.Number, "2.5", "2.4999", "2.5000001")]
    [InlineData(ColumnType.Decimal, "2.50", "2.49", "2.5000")]
    [InlineData(ColumnType.Integer, "9007199254740994", "9007199254740992", "9007199254740995")]
    [InlineData(ColumnType.Date, "2026-01-31", "2026-01-30", "2026-02-01")]
    [InlineData(ColumnType.Timestamp, "2026-01-31T00:00:00", "2026-01-30T23:59:59.999", "2026-01-31T00:00:00.001")]
    [InlineData(ColumnType.Time, "12:00:00", "11:59:59.999", "12:00:00.001")]
    public void Tells_a_value_from_the_nearest_of_its_type(ColumnType type, string value, string below, string beside)
    {
        string[] others = type switch
        {
            ColumnType.Date => Each(i => $"{new DateOnly(2025, 1, 1).AddDays(i * 2):O}"),
            ColumnType.Timestamp => Each(i => $"2026-02-01T{i / 60:00}:{i % 60:00}:30"),
            ColumnType.Time => Each(i => $"13:{i / 60:00}:{i % 60:00}"),
            _ => [.. Numbers(10, 409)],
        };
        var benchmark = _columns.Profile(type, [.. others, .. Repeat(value, 600)]);

        var less = Compare(benchmark, [.. others, .. Repeat(below, 600)]);
        var more = Compare(benchmark, [.. others, .. Repeat(beside, 600)]);

        Psi(benchmark, Compare(benchmark, [.. others, .. Repeat(value, 600)])).Should().Be(0);
        Psi(benchmark, less).Should().BeGreaterThan(5);
        // One decimal more, or one more than the double has digits for, is the same number.
        if (type is ColumnType.Decimal)
            Psi(benchmark, more).Should().Be(0);
        else
            Psi(benchmark, more).Should().BeGreaterThan(5);

        static string[] Each(Func<int, string> value) => [.. Enumerable.Range(0, 400).Select(value)];
    }

    [Fact]
    public void Changes_nothing_where_no_value_fills_a_bin()
    {
        var column = _columns.Profile(ColumnType.Integer, [.. Numbers(0, 999), "500", "999"]);

        column.Bins!.Edges.Should().OnlyHaveUniqueItems().And.HaveCount(9);
    }

    [Fact]
    public void Makes_no_bin_of_what_is_infinite()
    {
        var column = _columns.Profile(
            ColumnType.Number, [.. Numbers(1, 20), .. Repeat("Infinity", 30), .. Repeat("-Infinity", 30)]);

        column.Bins!.Edges.Should().OnlyHaveUniqueItems().And.OnlyContain(edge => double.IsFinite(edge));
        column.Bins.Counts.Sum().Should().Be(80);
    }

    [Fact]
    public void Tells_a_value_apart_in_a_column_that_memory_has_no_room_for()
    {
        const int rows = 200_000;
        string[] others = [.. Enumerable.Range(0, rows).Select(i => $"{i * 7919L % 1_000_003 + 1}")];
        string[] values = [.. others.Select((other, i) => i % 10 < 6 ? "0" : other)];
        var benchmark = _columns.Scan(Plan(ColumnType.Integer), values, memory: 0).Profile;

        var same = _columns.Scan(Plan(ColumnType.Integer, benchmark), values, memory: 0);
        var moved = _columns.Scan(
            Plan(ColumnType.Integer, benchmark), values.Select(value => value == "0" ? "-1" : value), memory: 0);

        benchmark.RankError.Should().NotBeNull();
        benchmark.Bins!.Edges.Should().StartWith([0.0, 0.0]);
        Psi(benchmark, same).Should().BeLessThan(0.001);
        Psi(benchmark, moved).Should().BeApproximately(10.438, 0.02);
    }

    private ScannedColumn Compare(ColumnProfile benchmark, string[] values) =>
        _columns.Scan(Plan(benchmark.Type, benchmark), values);
}
