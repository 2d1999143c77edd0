namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark psi</c> with bins that people choose.</summary>
public sealed class Choosing_bins : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Divides_the_range_of_the_reference_into_ten_equal_parts()
    {
        var file = Write("a.csv", "x", Enumerable.Range(0, 1001).Select(i => $"{i * i / 1000.0}"));

        var result = await PsiAsync(file, file, "--bins", "equal-width");

        Bins(result).Take(3).Should().Equal("(-∞, 100]", "(100, 200]", "(200, 300]");
        Bins(result).Should().HaveCount(11);
        result.Json.GetProperty("reading").GetProperty("columns")[0].GetProperty("bins").GetString()
            .Should().Be("edges");
    }

    [Fact]
    public async Task Keeps_the_edges_of_whole_parts_whole()
    {
        var file = Write("a.csv", "x", Enumerable.Range(-3, 11).Select(i => $"{i}"));

        var result = await PsiAsync(file, file, "--bins", "equal-width");

        result.Json.GetProperty("columns")[0].GetProperty("bins").EnumerateArray().SkipLast(1)
            .Select(bin => bin.GetProperty("expected").GetInt64()).Should().Equal(2, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    [Fact]
    public async Task Divides_the_widest_range_of_doubles()
    {
        var file = Write("a.csv", "x", Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? "-1.7e308" : "1.7e308"));

        var result = await PsiAsync(file, file, "--bins", "equal-width");

        Bins(result).Should().HaveCount(11);
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Keeps_a_special_code_of_a_text_column_as_it_is_written()
    {
        var file = Write("a.csv", "g", Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? "XX" : $"g{i % 3}"));
        var edges = _place.Write(
            "edges.json", ["""{"g": {"groups": {"good": ["g1"], "rest": ["g2"]}, "special": ["XX"]}}"""]);

        var result = await PsiAsync(file, file, "--edges", edges);

        Bins(result).Should().Equal("good", "rest", "XX", "unseen", "missing");
    }

    [Fact]
    public async Task Takes_the_edges_of_a_scorecard()
    {
        var file = Write(
            "a.csv", "score,grade", Enumerable.Range(0, 1000).Select(i => $"{i / 100.0},{"ABCDE"[i % 5]}"));
        var edges = _place.Write("edges.json",
        [
            """
            {"score": {"edges": [0.709, 3.377], "closed": "left"},
             "grade": {"groups": {"good": ["A", "B"], "rest": ["C", "D", "E"]}}}
            """,
        ]);

        var result = await PsiAsync(file, file, "--edges", edges);

        Bins(result).Should().StartWith(["(-∞, 0.709)", "[0.709, 3.377)", "[3.377, ∞)"]);
        Bins(result, 1).Should().StartWith(["good", "rest"]);
    }

    [Fact]
    public async Task Adds_up_the_points_of_a_scorecard()
    {
        var reference = Write("a.csv", "x", Enumerable.Range(0, 1000).Select(i => $"{i % 4}"));
        var current = Write("b.csv", "x", Enumerable.Range(0, 1000).Select(i => $"{i % 2}"));
        string Edges(string points) =>
            _place.Write("edges.json", ["""{"x": {"edges": [1], "points":""", points, "}}"]);

        var result = await PsiAsync(reference, current, "--edges", Edges("""{"(-inf, 1]": 20, "(1, inf)": 50}"""));
        var unknown = await PsiAsync(reference, current, "--edges", Edges("""{"[1, inf)": 50}"""));

        // Half of the rows left the upper bin.
        result.Json.GetProperty("columns")[0].GetProperty("csi_points").GetDouble()
            .Should().BeApproximately(0.5 * 20 - 0.5 * 50, 1e-12);
        unknown.Error.Should().Contain(
            "--edges gives points to a bin [1, ∞) of column x. Its bins are (-∞, 1], (1, ∞)");
    }

    [Fact]
    public async Task Asks_for_the_points_of_every_bin_of_values()
    {
        var file = Write("a.csv", "g", Enumerable.Range(0, 900).Select(i => $"{"ABC"[i % 3]}"));
        string Edges(string points) => _place.Write(
            "edges.json", ["""{"g": {"groups": {"good": ["A"], "rest": ["B"]}, "points":""", points, "}}"]);

        var whole = await PsiAsync(file, file, "--edges", Edges("""{"good": 1, "rest": 2, "unseen": 0}"""));
        var part = await PsiAsync(file, file, "--edges", Edges("""{"good": 1}"""));

        whole.Json.GetProperty("columns")[0].GetProperty("csi_points").GetDouble().Should().Be(0);
        part.ExitCode.Should().Be(1);
        part.Error.Should().Contain("--edges gives no points to the bin rest of column g.");
    }

    [Fact]
    public async Task Leaves_inf_in_the_name_of_a_group_alone()
    {
        var file = Write("a.csv", "g,x", Enumerable.Range(0, 900).Select(i => $"{"AB"[i % 2]},{i}"));
        var edges = _place.Write("edges.json",
        [
            """
            {"g": {"groups": {"information": ["A"], "rest": ["B"]}, "points": {"information": 1, "rest": 2}},
             "x": {"edges": [1], "points": {"(-inf,1]": 1, "(1, +inf)": 2}}}
            """,
        ]);

        var result = await PsiAsync(file, file, "--edges", edges);

        result.ExitCode.Should().Be(0);
        result.Json.GetProperty("columns")[0].GetProperty("bins")[0].GetProperty("points").GetDouble().Should().Be(1);
        result.Json.GetProperty("columns")[1].GetProperty("bins")[1].GetProperty("points").GetDouble().Should().Be(2);
    }

    [Fact]
    public async Task Gives_a_special_code_a_bin_of_its_own()
    {
        var reference = Write("a.csv", "x", Enumerable.Range(0, 1000).Select(i => i < 80 ? "-999" : $"{i}"));
        var current = Write("b.csv", "x", Enumerable.Range(80, 920).Select(i => $"{i}.0"));

        var result = await PsiAsync(reference, current, "--special", "-999");
        var unusable = await PsiAsync(reference, current, "--special", "2024-01-31");

        Bins(result).Should().Contain("-999");
        result.Json.GetProperty("columns")[0].GetProperty("psi").GetDouble().Should().BeGreaterThan(0.5);
        unusable.Error.Should().Contain("--special 2024-01-31: no column can hold it.");
    }

    [Fact]
    public async Task Replaces_a_share_of_zero_by_another_one()
    {
        string[] rows = [.. Enumerable.Range(0, 1000).Select(i => $"v{i % 10}")];
        var reference = Write("a.csv", "x", rows);
        var current = Write("b.csv", "x", rows.Select(row => row == "v9" ? "v0" : row));

        var result = await PsiAsync(reference, current, "--zero", "0.001");
        var other = await PsiAsync(reference, current, "--zero", "0.001", "--convention", "soda");

        // (0.2 - 0.1) ln(0.2 / 0.1) + (0.001 - 0.1) ln(0.001 / 0.1)
        result.Json.GetProperty("columns")[0].GetProperty("psi").GetDouble()
            .Should().BeApproximately(0.1 * Math.Log(2) + 0.099 * Math.Log(100), 1e-12);
        result.Json.GetProperty("convention").GetString().Should().Be("benchmark/1, zero 0.001");
        other.ExitCode.Should().Be(1);
        other.Error.Should().Contain("leave out --convention soda");
    }

    [Theory]
    [InlineData("""{"x": {"edges": [3, 1]}}""", "the edges have to ascend")]
    [InlineData("""{"x": {"edges": [1], "closed": "both"}}""", "allowed are left and right")]
    [InlineData("""{"x": {"breaks": [1]}}""", "Allowed are edges, closed, groups, special, points")]
    [InlineData("""{"x": {}}""", "give either edges")]
    [InlineData("""{"y": {"edges": [1]}}""", "There is no column y.")]
    [InlineData("x", "is no file of edges")]
    [InlineData("""{"x": {"edges": [1]}, "x": {"edges": [2]}}""", "is no file of edges")]
    [InlineData("""{"x": {"edges": []}}""", "there is no edge")]
    [InlineData(
        """{"x": {"edges": [1], "points": {"(-inf, 1]": 1, "(-∞, 1]": 2}}}""", "the bin (-∞, 1] has points twice")]
    [InlineData(
        """{"x": {"groups": {"good": ["1"]}}}""",
        "Column x: a column of type integer has no groups of texts. Groups of numbers need --categorical x.")]
    [InlineData("""{"t": {"edges": [1]}}""", "Column t: a column of type string has no edges.")]
    [InlineData("""{"x": {"edges": ["2024-01-31"]}}""", "Column x: the edge 2024-01-31 is not ")]
    [InlineData("""{"x": {"edges": [1], "special": ["none"]}}""", "Column x: the special code none is not ")]
    public async Task Says_what_is_wrong_with_a_file_of_edges(string edges, string problem)
    {
        var file = Write("a.csv", "x,t", Enumerable.Range(0, 100).Select(i => $"{i},t{i % 3}"));

        var result = await PsiAsync(file, file, "--edges", _place.Write("edges.json", [edges]));

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(problem);
    }

    private Task<CommandResult> PsiAsync(string reference, string current, params string[] options) =>
        _place.RunAsync(["psi", reference, current, .. options, "--json"]);

    private string Write(string name, string header, IEnumerable<string> rows) => _place.Write(name, [header, .. rows]);

    private static List<string?> Bins(CommandResult result, int column = 0) =>
    [
        .. result.Json.GetProperty("columns")[column].GetProperty("bins").EnumerateArray()
            .Select(bin => bin.GetProperty("bin").GetString()),
    ];
}
