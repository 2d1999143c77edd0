using System.Globalization;
using Benchmark.Notifier.Pages.Charts;
using Benchmark.Tests.Support;
using CsCheck;

namespace Benchmark.Notifier.Tests;

public class Drawing_charts
{
    private static readonly Gen<double> s_value =
        Gen.OneOf(Gen.Double[0, 1], Gen.Double[0, 1e12], Gen.Double[0, 1e-9], Gen.Double);

    [Fact(Timeout = 60_000)]
    public async Task An_axis_shows_every_value_in_order_between_round_ticks() =>
        await Task.Run(() => s_value.List[0, 20].ForAll(values =>
        {
            var axis = Axis.Over(values, from: 100, to: 20);

            var shown = values.Where(double.IsFinite).Where(value => value is >= 0 and <= 1e300).Order().ToList();
            var places = shown.Select(axis.At).ToList();
            places.Should().OnlyContain(place => place >= 20 && place <= 100).And.BeInDescendingOrder();
            axis.Max.Should().BeGreaterThanOrEqualTo(shown.LastOrDefault() * (1 - 1e-9));
            axis.Ticks.Should().HaveCountLessThanOrEqualTo(7).And.BeInAscendingOrder().And.OnlyHaveUniqueItems();
            axis.Ticks.Select(axis.Number).Should().OnlyHaveUniqueItems();
        }, cases: 2000));

    [Theory(Timeout = 10_000)]
    [InlineData(0.31, "0, 0.1, 0.2, 0.3, 0.4")]
    [InlineData(0.25, "0, 0.1, 0.2, 0.3")]
    [InlineData(1.58, "0, 0.5, 1, 1.5, 2")]
    [InlineData(1_240_000, "0, 500k, 1M, 1.5M")]
    [InlineData(1000, "0, 250, 500, 750, 1000")]
    public async Task Ticks_are_written_in_as_many_digits_as_tell_them_apart(double greatest, string ticks)
    {
        await Task.CompletedTask;

        var axis = Axis.Over([greatest], 0, 100);

        string.Join(", ", axis.Ticks.Select(axis.Number)).Should().Be(ticks);
    }

    [Fact(Timeout = 60_000)]
    public async Task Bars_are_as_long_as_their_shares() =>
        await Task.Run(() => Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).List[1, 60].ForAll(drawn =>
        {
            var all = (Expected: drawn.Sum(bin => bin.Item1), Actual: drawn.Sum(bin => bin.Item2));
            var bins = drawn.Select((bin, i) => new BinShare(
                i.ToString(CultureInfo.InvariantCulture), bin.Item1 / Math.Max(all.Expected, 1e-9),
                bin.Item2 / Math.Max(all.Actual, 1e-9))).ToList();

            var geometry = new BinGeometry(bins);

            geometry.Bins.Should().HaveCountLessThanOrEqualTo(BinGeometry.MaxBins);
            // What is put together is not lost.
            geometry.Bins.Sum(bin => bin.Expected).Should().BeApproximately(bins.Sum(bin => bin.Expected), 1e-9);
            geometry.Bins.Sum(bin => bin.Actual).Should().BeApproximately(bins.Sum(bin => bin.Actual), 1e-9);
            var perShare = (BinGeometry.Right - geometry.Left) / geometry.Horizontal.Max;
            geometry.Bins.Sum(bin => geometry.Length(bin.Actual))
                .Should().BeApproximately(geometry.Bins.Sum(bin => bin.Actual) * perShare, 1e-6);
        }, cases: 500));

    [Fact(Timeout = 10_000)]
    public async Task A_line_is_broken_where_a_value_is_missing_or_not_finite()
    {
        await Task.CompletedTask;
        double?[] values = [0.1, 0.2, null, 0.3, double.NaN, double.PositiveInfinity, 0.1];
        var data = Chart(values);

        var stretches = new LineGeometry(data).Stretches(data.Lines[0]).ToList();

        stretches.Select(stretch => stretch.Count).Should().Equal(2, 1, 1);
        stretches.SelectMany(stretch => stretch).Should().OnlyContain(point =>
            double.IsFinite(point.X) && double.IsFinite(point.Y));
    }

    [Fact(Timeout = 60_000)]
    public async Task Moments_keep_their_order_within_the_picture() =>
        await Task.Run(() => s_value.List[0, 40].ForAll(values =>
        {
            var data = Chart([.. values.Select(value => (double?)value)]);

            var geometry = new LineGeometry(data);

            var places = Enumerable.Range(0, values.Count).Select(geometry.X).ToList();
            places.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems()
                .And.OnlyContain(x => x >= LineGeometry.Left && x <= LineGeometry.Right);
        }));

    [Fact(Timeout = 10_000)]
    public async Task Labels_of_close_limits_do_not_lie_on_each_other()
    {
        await Task.CompletedTask;
        var data = Chart([5.0]) with { Limits = [new("warns at", "warn", 0.1), new("fails at", "fail", 0.25)] };

        var labels = new LineGeometry(data).Limits;

        labels.Select(label => label.Limit.Name).Should().Equal("fails at", "warns at");
        labels[1].LabelY.Should().Be(labels[0].LabelY);
        (labels[1].LabelX - labels[0].LabelX).Should().BeGreaterThan(90);
    }

    private static LineChartData Chart(double?[] values) => new()
    {
        Title = "score: PSI",
        Description = "",
        Moments = [.. values.Select((_, i) => new Moment($"version {i}", $"v{i}", NotifierHost.Start.AddMonths(i)))],
        Lines = [new Line("PSI", "", [.. values.Select(value => value is { } known ? new Point(known) : null)])],
        Format = value => value.ToString(CultureInfo.InvariantCulture),
    };
}
