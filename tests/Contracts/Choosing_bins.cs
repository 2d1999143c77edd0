using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Contracts.Tests;

public sealed class Choosing_bins : IDisposable
{
    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Takes_the_bins_of_a_scorecard()
    {
        var model = Model("""
            income: {drift: {edges: [0.709, 3.377], closed: left, special: [-999, 9999]}}
            grade: {drift: {groups: {low: [A, B], high: [C]}}}
            """);

        model.BinRulesOf("income", ColumnType.Number).Should().BeEquivalentTo(new BinRules
        {
            Special = ["-999", "9999"],
            Edges = ["0.709", "3.377"],
            Closed = ClosedSide.Left,
        });
        model.BinRulesOf("grade", ColumnType.String).Should().BeEquivalentTo(new BinRules
        {
            Groups = new Dictionary<string, IReadOnlyList<string>> { ["low"] = ["A", "B"], ["high"] = ["C"] },
        });
    }

    [Fact]
    public void Gives_the_codes_of_a_model_to_each_column_that_can_hold_them()
    {
        var model = Model("""
            own: {drift: {special: [7]}}
            none: {drift: {special: []}}
            off: {drift: off}
            """, "[-999, 1.5, 9999-12-31]");

        Special("unlisted", ColumnType.Number).Should().Equal("-999", "1.5");
        Special("unlisted", ColumnType.Integer).Should().Equal("-999");
        Special("unlisted", ColumnType.Date).Should().Equal("9999-12-31");
        Special("unlisted", ColumnType.String).Should().Equal("-999", "1.5", "9999-12-31");
        Special("unlisted", ColumnType.Bytes).Should().BeNull();
        Special("own", ColumnType.Integer).Should().Equal("7");
        Special("none", ColumnType.Integer).Should().BeNull();
        Special("off", ColumnType.Integer).Should().Equal(["-999"], "a code is in no range either");

        IReadOnlyList<string>? Special(string column, ColumnType type) => model.BinRulesOf(column, type)?.Special;
    }

    [Fact]
    public void Inherits_codes_from_the_nearest_place_that_lists_some()
    {
        var registry = _folder.Read("""
            version: 1
            defaults: {drift: {special: [-1]}}
            value_streams:
              vs:
                models: {a: {table: T}, b: {table: T, drift: {special: [-2, -3]}}}
            """);

        registry.Find("vs", "a")!.Special.Should().Equal("-1");
        registry.Find("vs", "b")!.Special.Should().Equal("-2", "-3");
    }

    [Theory]
    [InlineData("(-inf, 0.709]", "(-∞, 0.709]")]
    [InlineData("(-∞, 0.709]", "(-∞, 0.709]")]
    [InlineData("(-inf,0.709]", "(-∞, 0.709]")]
    [InlineData("(3.377, inf)", "(3.377, ∞)")]
    [InlineData("(3.377, +inf)", "(3.377, ∞)")]
    [InlineData("inf", "inf")]
    [InlineData("(a, b, c)", "(a, b, c)")]
    [InlineData("missing", "missing")]
    public void Reads_the_name_of_a_bin_as_reports_show_it(string written, string bin)
    {
        var model = Model($$"""c: {drift: {points: {"{{written}}": 1} } }""");

        model.Columns[0].Bins!.Points.Should().BeEquivalentTo(new Dictionary<string, double> { [bin] = 1 });
    }

    [Theory]
    [InlineData("edges: [0.5, 3], points: {\"(-inf, 0.5]\": 12, \"(0.5, 3]\": 3.5, \"(3, inf)\": -7}")]
    [InlineData("edges: [0.5], closed: left, points: {\"(-inf, 0.5)\": 12, \"[0.5, inf)\": 3, missing: -3}")]
    [InlineData("edges: [0.5], special: [-9], points: {\"(-inf, 0.5]\": 12, \"(0.5, inf)\": 3, -9: 0}")]
    [InlineData("edges: [2026-01-31], points: {\"(-inf, 2026-01-31]\": 12, \"(2026-01-31, inf)\": 3}")]
    [InlineData("groups: {low: [A, B], high: [C]}, points: {low: 12, high: -3, other: 1, unseen: 0}")]
    [InlineData("points: {A: 12, B: -3}")]
    public void Accepts_points_of_bins_that_there_will_be(string drift) =>
        Model($$"""c: {drift: { {{drift}} } }""").Columns[0].Bins!.Points.Should().NotBeEmpty();

    [Theory]
    [InlineData("drift: {edges: []}", "'edges' of column 'c' is empty. Give the inner edges, or remove 'edges'.")]
    [InlineData(
        "drift: {edges: [1, b]}",
        "the edge b is not a number. It is in column 'c'. Edges are values of the column, ascending, without the outer "
        + "ones, which are infinite.")]
    [InlineData(
        "type: integer, drift: {edges: [1, 2, 2.0]}",
        "the edge 2.0 is not above 2. Column 'c' is of type integer. Edges are values of the column, ascending, "
        + "without the outer ones, which are infinite.")]
    [InlineData(
        "drift: {edges: [-Infinity, 2]}",
        "the edge -Infinity is not a number. It is in column 'c'. Edges are values of the column, ascending, without "
        + "the outer ones, which are infinite.")]
    [InlineData(
        "type: date, drift: {edges: [1]}",
        "the edge 1 is not a date (yyyy-MM-dd). Column 'c' is of type date. Edges are values of the column, ascending, "
        + "without the outer ones, which are infinite.")]
    [InlineData(
        "type: string, drift: {edges: [a]}",
        "values of type string have no order, so there are no edges between them. Column 'c' is of type string. Edges "
        + "are values of the column, ascending, without the outer ones, which are infinite.")]
    [InlineData(
        "drift: {edges: [1], groups: {a: [b]}}",
        "column 'c' has both 'edges' and 'groups'. Numbers and dates have 'edges', texts have 'groups'.")]
    [InlineData(
        "drift: {edges: [1], bins: 5}",
        "column 'c' has both 'bins' and 'edges'. The edges are its bins: remove 'bins'.")]
    [InlineData(
        "drift: {closed: left}", "column 'c' has 'closed' without 'edges'. Remove it, or give 'edges'.")]
    [InlineData("drift: {edges: [1], closed: both}", "'closed' must be one of right, left; 'both' is not.")]
    [InlineData("drift: {edges: 1}", "'edges' must be a list, not a single value. Write [ and ] around it.")]
    [InlineData("drift: {edgs: [1]}", "unknown key 'edgs'. Did you mean 'edges'?")]
    [InlineData(
        "type: integer, drift: {special: [-999, x]}",
        "the special code x is not an integer. Column 'c' is of type integer. Write codes as the CSV does, each once.")]
    [InlineData(
        "type: number, drift: {special: [-999, -999.0]}",
        "the special code -999.0 is given twice. Column 'c' is of type number. Write codes as the CSV does, each "
        + "once.")]
    [InlineData(
        "type: number, drift: {special: [NaN]}",
        "the special code NaN is not a number. Column 'c' is of type number. Write codes as the CSV does, each once.")]
    [InlineData("drift: {groups: {}}", "'groups' of column 'c' is empty. Name a group, or remove 'groups'.")]
    [InlineData("drift: {groups: {low: []}}", "group 'low' of column 'c' is empty. List its texts, or remove it.")]
    [InlineData("drift: {groups: {low: A}}", "'low' must be a list, not a single value. Write [ and ] around it.")]
    [InlineData("drift: {groups: {\"\": [A]}}", "a group of column 'c' has no name.")]
    [InlineData(
        "drift: {groups: {low: [A, B], high: [B]}}",
        "'B' is in two groups, 'low' and 'high'. It is in column 'c'. Each text is in one group.")]
    [InlineData(
        "drift: {groups: {low: [A, A]}}",
        "group 'low' has 'A' twice. It is in column 'c'. Each text is in one group.")]
    [InlineData(
        "drift: {special: [A], groups: {low: [A]}}",
        "'A' is a special code and in group 'low'. It is in column 'c'. Each text is in one group.")]
    [InlineData(
        "type: number, drift: {groups: {low: [1]}}",
        "only texts are grouped, not values of type number. Column 'c' is of type number. Each text is in one group.")]
    [InlineData(
        "drift: {points: {}}",
        "'points' of column 'c' is empty. Give the points of each bin, or remove 'points'.")]
    [InlineData(
        "drift: {points: {a: high}}", "'a' must be a number from -1000000 to 1000000; 'high' is not.")]
    [InlineData(
        "type: number, drift: {points: {\"(-inf, 1]\": 3}}",
        "'points' of column 'c' belongs to no bins: quantiles are other ones in each version. Give the scorecard's "
        + "'edges'.")]
    [InlineData(
        "drift: {edges: [0.709], points: {\"(-inf, 0.709]\": 1, \"(0.790, inf)\": 2, \"(0.709, inf)\": 2}}",
        "column 'c' has no bin '(0.790, ∞)'. Did you mean '(0.709, ∞)'?")]
    [InlineData(
        "drift: {edges: [0.709], points: {\"(-inf, 0.709]\": 1}}",
        "'points' of column 'c' has none of '(0.709, ∞)'. Every bin of a scorecard has points, if only 0.")]
    [InlineData(
        "drift: {edges: [1], points: {\"(-inf, 1]\": 1, \"(-∞, 1]\": 1, \"(1, inf)\": 2}}",
        "'points' of column 'c' names bin '(-∞, 1]' twice. Remove one.")]
    [InlineData(
        "values: [A, B], drift: {points: {A: 1, BB: 1}}", "column 'c' has no bin 'BB'. Did you mean 'B'?")]
    [InlineData(
        "max_age: 40d",
        "column 'c' has 'max_age' without 'role: as_of'. Add the role if the column says when the data was taken, or "
        + "remove 'max_age'.")]
    [InlineData(
        "role: as_of, max_age: 40", "'max_age' must be a duration such as 90s, 15m, 6h or 40d; '40' is not.")]
    [InlineData(
        "role: as_of, max_age: 1d12h", "'max_age' must be a duration such as 90s, 15m, 6h or 40d; '1d12h' is not.")]
    [InlineData(
        "role: as_of, type: string",
        "column 'c' is of type string; with 'role: as_of' it must be a date or a timestamp. Convert it in the query, "
        + "and declare that type.")]
    [InlineData(
        "role: as_of, drift: {fail: 0.5}",
        "column 'c' has 'drift', which is not measured with 'role: as_of'. Remove 'drift'.")]
    public void Says_what_would_be_right(string column, string expected)
    {
        var problems = _folder.Problems(Registry($$"""c: { {{column}} }"""));

        problems.Should().ContainSingle().Which.Should().MatchRegex(@"^models\.yaml\(9,\d+\): ")
            .And.EndWith($": {expected}");
    }

    [Fact]
    public void Says_where_each_mistake_is()
    {
        var problems = _folder.Problems("""
            version: 1
            value_streams:
              vs:
                models:
                  m:
                    table: T
                    drift: {special: [-1, -1]}
                    columns:
                      a:
                        drift:
                          edges:
                            - 2
                            - 1
                      b:
                        drift:
                          groups:
                            low: [A]
                            high: [A]
                          points:
                            low: 1
                            high: 1
                      c:
                        drift:
                          edges: [1]
                          points:
                            "(-inf, 1]": 1
                            "(1, inf)": 1
                            "(1, 2]": 1
            """);

        // Up to the end of the first sentence, behind the file's name.
        var file = "models.yaml".Length;
        problems.Select(problem => problem[..problem.IndexOf('.', file)]).Should().Equal(
            "models.yaml(7,31): the special code -1 is given twice",
            "models.yaml(13,19): the edge 1 is not above 2",
            "models.yaml(18,24): 'A' is in two groups, 'low' and 'high'",
            "models.yaml(28,17): column 'c' has no bin '(1, 2]'");
    }

    [Fact]
    public void Knows_durations_of_days()
    {
        var column = Model("as_of: {role: as_of, max_age: 40d}").Columns[0];

        column.Should().BeEquivalentTo(
            new { IsAsOf = true, MaxAge = TimeSpan.FromDays(40), Drift = (DriftLimits?)null });
        _folder.Read("{version: 1, value_streams: {vs: {models: {m: {table: T, run_deadline: 2d}}}}}")
            .Find("vs", "m")!.RunDeadline.Should().Be(TimeSpan.FromDays(2));
    }

    private ModelDefinition Model(string columns, string special = "[]") =>
        _folder.Read(Registry(columns, special)).Find("vs", "m")!;

    private static string Registry(string columns, string special = "[]") => $$"""
        version: 1
        value_streams:
          vs:
            models:
              m:
                table: T
                drift: {special: {{special}} }
                columns:
                  {{columns.ReplaceLineEndings("\n          ")}}
        """;
}
