using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Data.Stability;

namespace Benchmark.Validator.Tests;

public sealed class Using_a_scorecards_bins : IDisposable
{
    private readonly StagedModel _model = new() { Columns = "id:integer score:number grade:string" };

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Counts_a_models_codes_in_bins_of_their_own()
    {
        _model.Definition = _model.Definition with { Special = ["-999", "9999-12-31"] };
        using var missing = new StagedModel { Columns = _model.Columns };
        // 8 % of the rows hold the code, and none does later.
        _model.Publish(Rows(score: i => i % 100 < 8 ? "-999" : $"{i % 100}"));
        missing.Publish(Rows(score: i => i % 100 < 8 ? "" : $"{i % 100}"));

        var report = _model.ReportRows(Rows(score: i => $"{8 + i % 92}"));

        report.Failed().Should().Equal("drift score");
        report.Of("drift", "score").Observed.Should().Be(
            missing.ReportRows(Rows(score: i => $"{8 + i % 92}")).Of("drift", "score").Observed);
        report.Of("drift", "score").Observed!.Value.Number.Should().BeGreaterThan(0.08 * Math.Log(0.08 / 0.0001) - 0.001);
        Bins("score").Special.Should().BeEquivalentTo(new[] { new ValueCount { Value = "-999", Count = 80 } });
    }

    [Fact]
    public void Holds_no_code_to_a_range_or_a_list()
    {
        _model.Definition = _model.Definition with { Special = ["-999"] };
        _model.Rule(new ColumnRule { Name = "score", Min = "0", Max = "100" });
        _model.Rule(new ColumnRule
        {
            Name = "grade",
            Values = ["A", "B"],
            Bins = new ChosenBins { Special = ["X"] },
        });

        var report = _model.ReportRows(["1,-999.0,X", "2,50,A"]);

        report.Failed().Should().BeEmpty();
    }

    [Fact]
    public void Measures_drift_between_own_edges_from_the_second_version_on()
    {
        _model.Publish(Rows());
        _model.Rule(new ColumnRule { Name = "score", Bins = Scorecard });
        _model.ReportRows(Rows()).Drift!.Columns.Single(column => column.Column == "score")
            .CsiPoints.Should().BeNull("the published version has quantiles");
        _model.Publish(Rows());

        // From 25, 25 and 50 % to none, 50 and 50 %: 0.25 · (2 − 10) points.
        var report = _model.ReportRows(Rows(score: i => $"{(i % 100 < 25 ? 30 : i % 100)}"));

        Bins("score").Should().BeEquivalentTo(new { Kind = BinKind.Edges, Edges = new[] { 24.5, 50 } });
        report.Drift!.Columns[0].Should().BeEquivalentTo(new
        {
            Column = "score",
            Band = Band.Moved,
            BinsFilled = 3,
        });
        report.Drift.Columns[0].CsiPoints.Should().BeApproximately(-2, 1e-9);
        report.Of("drift", "score").Message.Should().MatchRegex(@"moved, CSI \d+\.\d+, CSI points -2 on 3 bins");
    }

    [Fact]
    public void Lets_texts_of_a_group_take_each_others_place()
    {
        _model.Rule(new ColumnRule
        {
            Name = "grade",
            Bins = new ChosenBins
            {
                Groups = new Dictionary<string, IReadOnlyList<string>> { ["low"] = ["A", "B"], ["high"] = ["C"] },
            },
        });
        _model.Publish(Rows(grade: i => i % 2 == 0 ? "A" : "C"));

        var report = _model.ReportRows(Rows(grade: i => i % 2 == 0 ? "B" : "C"));

        report.Accepted.Should().BeTrue();
        report.Of("drift", "grade").Observed.Should().Be((CheckValue)0);
        Bins("grade").Values.Should().Equal("low", "high");
    }

    private static ChosenBins Scorecard => new()
    {
        Edges = ["24.5", "50"],
        Closed = ClosedSide.Left,
        Points = new Dictionary<string, double> { ["(-∞, 24.5)"] = 10, ["[24.5, 50)"] = 2, ["[50, ∞)"] = -5 },
    };

    private FrozenBins Bins(string column) =>
        VolumeJson.Read<Profile>(_model.Paths.Version(PublishedVersions.Latest(_model.Paths)!.Value).Profile)
            .Columns.Single(profile => profile.Name == column).Bins!;

    private static IEnumerable<string> Rows(Func<int, string>? score = null, Func<int, string>? grade = null) =>
        Enumerable.Range(0, 1000).Select(i =>
            $"{i % 10},{score?.Invoke(i) ?? $"{i % 100}"},{grade?.Invoke(i) ?? "A"}");
}
