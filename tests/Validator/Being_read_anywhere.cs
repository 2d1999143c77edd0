using System.Globalization;
using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Validator.Tests;

/// <summary>
/// What a file means does not depend on the machine's culture. This one is made by hand, because the product knows no
/// other than the invariant (InvariantGlobalization): nothing here may rest on that.
/// </summary>
public sealed class Being_read_anywhere : IDisposable
{
    private static readonly CultureInfo s_foreign = new("")
    {
        NumberFormat = new NumberFormatInfo
        {
            NumberDecimalSeparator = ",",
            NumberGroupSeparator = ".",
            NegativeSign = "−",
            NaNSymbol = "¤¤¤",
            PositiveInfinitySymbol = "∞",
            NegativeInfinitySymbol = "−∞",
        },
        DateTimeFormat = new DateTimeFormatInfo { DateSeparator = ".", TimeSeparator = "." },
    };

    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly StagedModel _model = new() { Columns = FileContent.Columns };

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _culture;
        _model.Dispose();
    }

    [Fact]
    public void Gives_the_same_answers_under_a_culture_with_other_numbers_and_dates()
    {
        CultureInfo.CurrentCulture = s_foreign;

        foreach (var content in FileContent.All)
        {
            var staged = _model.Stage(
                content.Csv(), facts => facts with { Rows = content.Rows ?? facts.Rows }, content.Staged);
            var report = _model.Report(staged);

            report.Accepted.Should().Be(content.Kept is not null, content.What);
            if (!report.Accepted)
                report.Checks.Select(check => check.Message).Should().Contain(content.Answer);
        }
    }

    [Fact]
    public void Writes_the_same_profile_and_report_under_a_culture_with_other_numbers_and_dates()
    {
        _model.Columns = "amount:number price:decimal opened:date seen:timestamp at:time grade:string";
        _model.Rule(new ColumnRule { Name = "amount", Min = "-1000.5", Max = "1e3" });
        _model.Rule(new ColumnRule { Name = "seen", Max = "2024-01-01T00:00:00Z" });
        _model.Definition = _model.Definition with { Threshold = 1 };
        _model.Publish(Rows(0));

        var here = Documents();
        CultureInfo.CurrentCulture = s_foreign;
        var abroad = Documents();

        abroad.Should().Be(here);
    }

    [Theory]
    [InlineData(ColumnType.Number, 0.5, "(-∞, 0.5]")]
    [InlineData(ColumnType.Date, -1.0, "(-∞, 1969-12-31]")]
    [InlineData(ColumnType.Timestamp, 1.5, "(-∞, 1970-01-01T00:00:01.5Z]")]
    [InlineData(ColumnType.Time, 61.0, "(-∞, 00:01:01]")]
    public void Names_bins_alike_under_a_culture_with_other_numbers_and_dates(ColumnType type, double edge, string name)
    {
        CultureInfo.CurrentCulture = s_foreign;
        var bins = new FrozenBins { Kind = BinKind.Quantile, Edges = [edge], Counts = [1, 1], Missing = 0 };

        var names = bins.Names(type);

        names[0].Should().Be(name);
    }

    private string Documents()
    {
        var staged = _model.StageRows(Rows(1500));
        var report = _model.Report(staged);
        var files = report.Accepted ? _model.Paths.Staging(staged.RunId, 1) : _model.Paths.Rejected(staged.RunId);
        return File.ReadAllText(files.Profile) + File.ReadAllText(files.Report);
    }

    // More distinct values than those whose spelling is kept, and the most frequent among the others; below zero, too.
    private static IEnumerable<string> Rows(int from) =>
        Enumerable.Range(from, 5000).Concat(Enumerable.Range(from + 4900, 10)).Select(Row);

    private static string Row(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $"{i - 2500.25},{i - 2500}.50,{DateTime.UnixEpoch.AddDays(i - 2500):yyyy-MM-dd},"
        + $"{DateTime.UnixEpoch.AddMinutes(i * 37.5):yyyy-MM-dd'T'HH:mm:ss}Z,"
        + $"{new TimeOnly(i * 123_456_789L):HH:mm:ss.FFFFFFF},g{i % 7}");
}
