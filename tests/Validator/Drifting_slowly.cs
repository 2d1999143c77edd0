using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;

namespace Benchmark.Validator.Tests;

/// <summary>Each month a PSI of 0.05, which no monthly gate minds: only the sum of the steps shows.</summary>
public sealed class Drifting_slowly : IDisposable
{
    // On these rows a step of a third is a PSI of about 0.05.
    private const double Step = 1 / 3.0;

    private readonly StagedModel _model = new() { Columns = "score:number" };

    public Drifting_slowly() => _model.Rule(new ColumnRule { Name = "score", IsScore = true });

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Is_told_although_every_month_passes()
    {
        _model.Publish(Month(0));
        List<CheckResult> monthly = [];
        ValidationReport report = null!;

        for (var month = 1; month <= 8; month++)
        {
            _model.Time.Advance(TimeSpan.FromDays(31));
            var staged = _model.StageRows(Month(month));
            report = _model.Report(staged);
            monthly.Add(report.Of("drift"));
            _model.Publish(staged);
        }

        monthly.Should().OnlyContain(check => check.Status == CheckStatus.Pass);
        monthly.Should().OnlyContain(
            check => check.Observed!.Value.Number > 0.03 && check.Observed!.Value.Number < 0.08);
        report.Warned().Should().BeSubsetOf(["cumulative_drift score", "out_of_range score"]);
        report.Of("cumulative_drift").Message.Should().MatchRegex(
            @"^Column score: moved, PSI \d\.\d+ on 10 bins against version 1 \(2026-03-01\), the oldest version kept; "
            + @"limit 0\.25, "
            + @"noise 0\.0\d+, p < 0\.001\.$");
        report.Drift.Should().BeEquivalentTo(new
        {
            AgainstVersion = 8,
            Worst = new { Column = "score", Band = Band.Stable },
            AnchorVersion = 1,
            WorstSinceAnchor = new { Column = "score", Band = Band.Moved },
        });
    }

    [Fact]
    public void Is_rejected_against_an_anchor_that_the_registry_pins()
    {
        _model.Definition = _model.Definition with { DriftAnchor = 1 };
        PublishMonths(3);

        var report = _model.ReportRows(Month(3));

        report.Failed().Should().Equal("cumulative_drift score");
        report.Of("drift").Status.Should().Be(CheckStatus.Pass);
        report.Of("cumulative_drift").Limit.Should().Be((CheckValue)0.25);
        report.Of("cumulative_drift").Message.Should().MatchRegex(
            @"^Column score: moved, PSI 0\.\d+ on 10 bins against version 1 \(2026-03-01\), the anchor; limit 0\.25,");
    }

    [Fact]
    public void Is_published_with_a_warning_where_the_registry_only_wants_one()
    {
        _model.Definition = _model.Definition with { DriftAnchor = 1, Columns = [] };
        _model.Rule(new ColumnRule { Name = "score", Drift = _model.Drift with { OnFail = DriftAction.Warn } });
        PublishMonths(3);

        var report = _model.ReportRows(Month(3));

        report.Accepted.Should().BeTrue();
        report.Warned().Should().Equal("cumulative_drift score");
    }

    [Fact]
    public void Is_published_with_a_warning_when_the_refresh_is_forced()
    {
        _model.Definition = _model.Definition with { DriftAnchor = 1 };
        PublishMonths(3);
        _model.Force = true;

        var report = _model.ReportRows(Month(3));

        report.Accepted.Should().BeTrue();
        report.Of("cumulative_drift").Message.Should().EndWith("Accepted, because the refresh was forced.");
    }

    [Fact]
    public void Is_measured_in_texts_too()
    {
        _model.Columns = "score:number grade:string";
        var scores = Month(0).ToList();
        // A value that has come since, and one that has gone: in the bins of either version, and seen in neither.
        foreach (var rare in (string[])["B", "C"])
            _model.Publish(
                _model.StageAccepted(
                    scores.Select((score, i) => $"{score},{(i % 20 == 0 ? rare : "A")}"), force: true));

        var report = _model.ReportRows(scores.Select((score, i) => $"{score},{(i % 20 == 0 ? "C" : "A")}"));

        report.Of("drift", "grade").Observed.Should().Be((CheckValue)0);
        // 5 % in a bin that is empty now, and 5 % unseen: twice (0.05 − 0.0001) · ln(0.05 / 0.0001).
        report.Of("cumulative_drift", "grade").Observed!.Value.Number.Should()
            .BeApproximately(2 * 0.0499 * Math.Log(500), 1e-12);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void Says_nothing_twice_where_the_anchor_is_what_is_published(int? anchor, int versions)
    {
        PublishMonths(versions);
        _model.Definition = _model.Definition with { DriftAnchor = anchor };

        var report = _model.ReportRows(Month(versions));

        report.Checks.Select(check => check.Check)
            .Should().Contain(CheckName.Drift).And.NotContain(CheckName.CumulativeDrift);
        report.Drift.Should().BeEquivalentTo(new { AnchorVersion = (int?)null, WorstSinceAnchor = (object?)null });
    }

    [Fact]
    public void Says_nothing_of_an_anchor_before_there_is_any_version()
    {
        _model.Definition = _model.Definition with { DriftAnchor = 1 };

        var report = _model.ReportRows(Month(0));

        report.Accepted.Should().BeTrue();
        report.Checks.Should().OnlyContain(check => check.Status == CheckStatus.Pass);
    }

    [Fact]
    public void Is_not_measured_against_an_anchor_that_there_is_not()
    {
        PublishMonths(2);
        _model.Definition = _model.Definition with { DriftAnchor = 7 };

        var report = _model.ReportRows(Month(2));

        report.Warned().Should().Equal("cumulative_drift");
        report.Of("cumulative_drift").Message.Should().Be(
            "Drift since version 7, the anchor, was not measured: it does not exist (kept: 1, 2);"
            + " correct drift.anchor in the registry.");
    }

    [Theory]
    [InlineData(null, "the oldest version kept")]
    [InlineData(1, "the anchor")]
    public void Is_not_measured_against_an_anchor_without_a_profile(int? anchor, string which)
    {
        PublishMonths(2);
        _model.Definition = _model.Definition with { DriftAnchor = anchor };
        File.Delete(_model.Paths.Version(1).Profile);

        var report = _model.ReportRows(Month(2));

        report.Warned().Should().Equal("cumulative_drift");
        report.Of("cumulative_drift").Message.Should().StartWith(
            $"Drift since version 1, {which}, was not measured: its manifest.json or profile.json cannot be read (");
    }

    [Fact]
    public void Needs_the_anchors_documents_and_not_its_data()
    {
        PublishMonths(2);
        File.Delete(_model.Paths.Version(1).Data);

        var report = _model.ReportRows(Month(2));

        report.Drift!.AnchorVersion.Should().Be(1);
    }

    private void PublishMonths(int count)
    {
        for (var month = 0; month < count; month++)
        {
            _model.Publish(Month(month));
            _model.Time.Advance(TimeSpan.FromDays(31));
        }
    }

    // The quantiles of a logistic distribution that moves to the right.
    private static IEnumerable<string> Month(int month) => Enumerable.Range(1, 2000)
        .Select(i => i / 2001.0)
        .Select(p => FormattableString.Invariant($"{Math.Log(p / (1 - p)) + month * Step:0.######}"));
}
