using System.Globalization;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

/// <summary>The program of docs/psi.md, which needs nothing but a profile and the new data.</summary>
public sealed class Recomputing_psi_in_Python : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Tells_a_value_that_fills_a_bin_alone_from_what_lies_beside_it()
    {
        string[] others = Numbers(1, 400);

        GivesTheSame(ColumnType.Integer, [.. Repeat("0", 600), .. others],
            [.. Repeat("0", 100), .. Repeat("-1", 300), .. Repeat("0.1", 200), .. others]).Should().BeGreaterThan(1);
    }

    [Fact]
    public void Counts_special_codes_by_their_value() =>
        GivesTheSame(ColumnType.Number, [.. Repeat("-999", 80), .. Numbers(1, 920)],
            [.. Repeat("-999.0", 10), .. Numbers(1, 990)], new BinRules { Special = ["-999"] })
            .Should().BeGreaterThan(0.1);

    [Theory]
    [InlineData(ClosedSide.Left)]
    [InlineData(ClosedSide.Right)]
    public void Closes_bins_on_the_side_that_the_edges_ask_for(ClosedSide closed) =>
        GivesTheSame(ColumnType.Number, Numbers(0, 9), [.. Repeat("3", 5), .. Repeat("6.0", 3), "7", "x", ""],
            new BinRules { Edges = ["3", "6"], Closed = closed }).Should().BeGreaterThan(0.1);

    [Theory]
    [InlineData("YT")]
    [InlineData("ON")]
    public void Counts_texts_by_their_group(string last) =>
        GivesTheSame(ColumnType.String, ["ON", "MB", "BC", "BC", last], ["MB", "MB", "NU", "\"B,C\"", "BC", "", last],
            new BinRules
            {
                Groups = new Dictionary<string, IReadOnlyList<string>> { ["north"] = ["ON", "MB"], ["south"] = ["BC"] },
            }).Should().BeGreaterThan(0.1);

    [Fact]
    public void Counts_texts_that_are_too_rare_for_a_bin() =>
        GivesTheSame(ColumnType.String, [.. Repeat("a", 30), .. Repeat("b", 50), .. Numbers(1, 100)],
            [.. Repeat("a", 90), .. Repeat("b", 50), .. Numbers(51, 150)]).Should().BeGreaterThan(0.1);

    [Theory]
    [InlineData(90)]
    [InlineData(200)]
    public void Tells_a_text_that_is_too_frequent_to_be_one_of_the_others(int rows) =>
        GivesTheSame(ColumnType.String, [.. Repeat("a", 30), .. Numbers(1, 150)],
            [.. Repeat("a", 30), .. Numbers(1, 70), .. Repeat("new", rows)]).Should().BeGreaterThan(0);

    [Theory]
    [InlineData(ColumnType.Decimal, "0.00", "0.0")]
    [InlineData(ColumnType.Number, "0", "-0")]
    [InlineData(ColumnType.Number, "0.00001", "1e-05")]
    public void Compares_numbers_as_numbers(ColumnType type, string published, string current) =>
        GivesTheSame(type, [.. Repeat(published, 60), .. Repeat("1.50", 40)],
            [.. Repeat(current, 60), .. Repeat("1.5", 40)]).Should().Be(0);

    [Theory]
    [InlineData(ColumnType.Date, "2026-01-31", "2026-01-30")]
    [InlineData(ColumnType.Timestamp, "2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5+00:30")]
    [InlineData(ColumnType.Timestamp, "2026-01-31T12:00:00", "2026-01-31T11:59:59.999999")]
    [InlineData(ColumnType.Time, "12:00:00", "12:00:00.25")]
    [InlineData(ColumnType.Date, "2026-01-31", "2026-02-30")]
    public void Reads_dates_and_times(ColumnType type, string value, string other)
    {
        string[] others = [.. Enumerable.Range(0, 300).Select(i => type switch
        {
            ColumnType.Date => $"{new DateOnly(2025, 3, 1).AddDays(i * 3):O}",
            ColumnType.Time => $"{i % 24:00}:{i % 60:00}:07",
            _ => $"2026-0{1 + i % 3}-{1 + i % 28:00}T{i % 24:00}:30:00",
        })];

        GivesTheSame(type, [.. Repeat(value, 200), .. others], [.. Repeat(value, 50), .. Repeat(other, 150), .. others])
            .Should().BeGreaterThan(0.1);
    }

    [Fact]
    public void Counts_what_is_not_of_the_type_as_missing()
    {
        GivesTheSame(ColumnType.Boolean, [.. Repeat("true", 60), .. Repeat("false", 40)],
            [.. Repeat("true", 50), .. Repeat("True", 20), .. Repeat("false", 30)]).Should().BeGreaterThan(0.1);
        GivesTheSame(ColumnType.Number, Numbers(1, 100), [.. Numbers(1, 90), .. Repeat("n/a", 5), .. Repeat("NaN", 5)])
            .Should().BeGreaterThan(0.1);
    }

    private double GivesTheSame(ColumnType type, string[] before, string[] after, BinRules? rules = null)
    {
        var plan = new ColumnPlan { Name = "x", Type = type, Bins = 10, BinRules = rules };
        var benchmark = CsvScan.Of(
            _place.Write("before.csv", ["x,y", .. before.Select(value => $"{value},1")]), _ => plan, [], long.MaxValue,
            CancellationToken.None).Profile;
        var current = _place.Write("after.csv", ["x,y", .. after.Select(value => $"{value},1")]);
        var column = benchmark.Columns[0];
        var compared = CsvScan
            .Of(current, _ => plan with { Against = column }, [], long.MaxValue, CancellationToken.None)
            .Columns[0].Against!;
        var profile = _place.InDirectory("profile.json");
        VolumeJson.Write(profile, benchmark);

        var python = ChildProcess.Run(
            Path.Combine(DebianPackage.DirectoryOf("python3", "python3"), "python3"),
            [_place.Write("psi.py", [Documented()]), profile, current, "x"]);

        var psi = double.Parse(python, CultureInfo.InvariantCulture);
        psi.Should().BeApproximately(
            compared.Psi(PsiConvention.Benchmark), 1e-12);
        return psi;
    }

    private static string Documented()
    {
        var text = RepositoryRoot.Read("docs/psi.md");
        var begin = text.IndexOf("```python\n", StringComparison.Ordinal) + "```python\n".Length;
        return text[begin..text.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    private static string[] Repeat(string value, int times) => [.. Enumerable.Repeat(value, times)];

    private static string[] Numbers(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(i => $"{i}")];
}
