using Benchmark.Data.Profiling;
using Benchmark.Tests.Support;
using static Benchmark.Data.Tests.Columns;

namespace Benchmark.Data.Tests;

/// <summary>Edges and groups that people choose, as a scorecard has them.</summary>
public sealed class Choosing_bins : IDisposable
{
    private readonly Columns _columns = new();

    public void Dispose() => _columns.Dispose();

    [Fact]
    public void Reproduces_the_index_that_optbinning_publishes()
    {
        // optbinning, test_scorecard_monitoring: "mean radius" of the breast cancer data (Wolberg, Street and
        // Mangasarian 1995, CC BY 4.0), three tenths of it against the rest; the edges are those that it finds.
        BinRules rules = new() { Edges = ["11.415", "13.095", "14.15", "15.025", "16.925"], Closed = ClosedSide.Left };
        var benchmark = _columns.Profile(ColumnType.Number, Published("train"), rules);

        var current = _columns.Scan(Plan(ColumnType.Number, benchmark, rules), Published("test"));

        Psi(benchmark, current).Should().BeApproximately(0.02463385, 5e-9);
        Bins(benchmark, current).Select(bin => (bin.Bin, bin.Expected, bin.Actual)).Should().Equal(
            ("(-∞, 11.415)", 77, 40), ("[11.415, 13.095)", 110, 38), ("[13.095, 14.15)", 54, 24),
            ("[14.15, 15.025)", 37, 16), ("[15.025, 16.925)", 36, 19), ("[16.925, ∞)", 84, 34), ("missing", 0, 0));

        static string[] Published(string part) =>
            RepositoryRoot.Read($"tests/Data/Published/mean_radius_{part}.csv").TrimEnd('\n').Split('\n')[1..];
    }

    [Theory]
    [InlineData(ClosedSide.Right, 3, 2, "(-∞, 2]", "(2, ∞)")]
    [InlineData(ClosedSide.Left, 1, 4, "(-∞, 2)", "[2, ∞)")]
    public void Puts_a_value_on_an_edge_where_the_bin_is_closed(
        ClosedSide closed, long below, long above, string first, string second)
    {
        var rules = new BinRules { Edges = ["2"], Closed = closed };

        var benchmark = _columns.Profile(ColumnType.Integer, ["1", "2", "2", "3", "3", ""], rules);
        var current = _columns.Scan(Plan(ColumnType.Integer, benchmark), ["2", "7"]);

        benchmark.Bins.Should().BeEquivalentTo(
            new { Kind = BinKind.Edges, Closed = closed, Counts = new[] { below, above }, Missing = 1 });
        Bins(benchmark, current).Select(bin => bin.Bin).Should().Equal(first, second, "missing");
        current.Tally!.Counts.Should().Equal(closed == ClosedSide.Left ? [0, 2] : [1, 1]);
        current.Tally.OutOfRange.Should().Be(1);
    }

    [Fact]
    public void Divides_integers_between_two_of_them_and_dates_by_the_day()
    {
        var ages = _columns.Profile(
            ColumnType.Integer, ["17", "18", "18", "40"], new BinRules { Edges = ["17.5", "39.5"] });
        var days = _columns.Profile(ColumnType.Date, ["2025-12-31", "2026-01-01"],
            new BinRules { Edges = ["2026-01-01"], Closed = ClosedSide.Left });

        ages.Bins!.Counts.Should().Equal(1, 2, 1);
        days.Bins!.Counts.Should().Equal(1, 1);
    }

    [Fact]
    public void Keeps_codes_out_of_the_bins_between_edges()
    {
        var rules = new BinRules { Edges = ["0", "10"], Special = ["-999"] };

        var benchmark = _columns.Profile(ColumnType.Number, ["-999.0", "-1", "5", "-999"], rules);

        benchmark.Bins!.Counts.Should().Equal(1, 1, 0);
        benchmark.Bins.Special!.Single().Count.Should().Be(2);
    }

    [Theory]
    [InlineData(ColumnType.Number, "the edge x is not a finite number", "1", "x")]
    [InlineData(ColumnType.Integer, "the edge Infinity is not a finite number", "1", "Infinity")]
    [InlineData(ColumnType.Number, "the edge 2.0 is not above the one before it, 2", "2", "2.0")]
    [InlineData(ColumnType.Date, "the edge 5 is not a date (yyyy-MM-dd)", "5")]
    [InlineData(ColumnType.String, "a column of type string has no edges", "a")]
    public void Names_an_edge_that_cannot_be_one(ColumnType type, string problem, params string[] edges)
    {
        var plan = Plan(type, bins: new BinRules { Edges = edges });

        _columns.Findings(plan).BinsProblem.Should().Be(problem);
        _columns.Scan(plan, []).Profile.Bins!.Edges.Should().BeNullOrEmpty("the column's own bins are used");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Counts_texts_by_their_group(bool hasOther)
    {
        var rules = Groups(("north", ["ON", "MB"]), ("south", ["BC"]));
        string[] before = [.. Repeat("ON", 5), "MB", "BC", "BC", "", .. Repeat("YT", hasOther ? 2 : 0)];

        var benchmark = _columns.Profile(ColumnType.String, before, rules);
        var current = _columns.Scan(Plan(ColumnType.String, benchmark), ["MB", "MB", "BC", "NU", "YT"]);

        benchmark.Bins.Should().BeEquivalentTo(new
        {
            Kind = BinKind.Categorical,
            Values = new[] { "north", "south" },
            Groups = new[] { new[] { "ON", "MB" }, ["BC"] },
            Counts = new[] { 6L, 2 },
            Other = hasOther ? 2L : (long?)null,
            Missing = 1L,
        });
        Bins(benchmark, current).Select(bin => (bin.Bin, bin.Actual)).Should().Equal(
            ("north", 2), ("south", 1), (hasOther ? "other" : "unseen", 2), ("missing", 0));
        benchmark.Distinct.Should().Be(hasOther ? 4 : 3);
    }

    [Fact]
    public void Knows_unseen_texts_one_by_one_beside_a_code()
    {
        var benchmark = _columns.Profile(
            ColumnType.String, ["a", "b", "X", "X"], new BinRules { Special = ["X"] });

        var current = _columns.Scan(Plan(ColumnType.String, benchmark), ["X", "X", "c", "c", "d", "a"]);

        current.Tally!.UnseenValues.Should().BeEquivalentTo([2L, 1L]);
    }

    [Theory]
    [InlineData(ColumnType.String, "b is in two groups, first and second", "b")]
    [InlineData(ColumnType.Boolean, "the value yes is not true or false", "yes")]
    [InlineData(ColumnType.Integer, "a column of type integer has no groups of texts", "1")]
    public void Names_a_group_that_cannot_be_one(ColumnType type, string problem, string text)
    {
        var plan = Plan(type, bins: type == ColumnType.String
            ? Groups(("first", ["a", text]), ("second", [text]))
            : Groups(("first", [text])));

        _columns.Findings(plan).BinsProblem.Should().Be(problem);
    }

    private static BinRules Groups(params (string Name, string[] Texts)[] groups) => new()
    {
        Groups = groups.ToDictionary(group => group.Name, group => (IReadOnlyList<string>)group.Texts),
    };
}
