using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Tests;

/// <summary>Shares of rows that a PSI shows only in part.</summary>
public sealed class Watching_shares : IDisposable
{
    private readonly StagedModel _model = new() { Columns = "score:number" };

    public Watching_shares() => _model.Publish(Scores(2000));

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void Warns_of_values_beyond_the_range_of_the_published_version(int outside, bool warned)
    {
        var report = _model.ReportRows(
            Scores(2000).Select((score, i) => i < outside ? i % 2 == 0 ? "-1" : "2000" : score));

        report.Accepted.Should().BeTrue();
        report.Of("out_of_range").Status.Should().Be(warned ? CheckStatus.Warn : CheckStatus.Pass);
        report.Of("out_of_range").Observed.Should().Be((CheckValue)(outside / 2000.0));
        report.Of("out_of_range").Message.Should().Be(
            $"Column score: {outside / 20.0:0.##} % of the rows ({outside} of 2000) are outside the range of version 1; "
            + $"limit 1 %{(warned ? ", p < 0.001" : "")}.");
    }

    [Fact]
    public void Does_not_warn_of_values_beyond_the_range_that_chance_explains()
    {
        // Of 50 values, 4 or more lie beyond the least and the greatest of 50 others of their population in 3 of 16 cases.
        using var small = new StagedModel { Columns = "score:number" };
        small.Publish(Scores(50));

        var report = small.ReportRows(Scores(50).Select((score, i) => i < 4 ? "2000" : score));

        report.Of("out_of_range").Should().BeEquivalentTo(new { Status = CheckStatus.Pass });
        report.Of("out_of_range").Message.Should().Contain("limit 1 %, p = 0.18");
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void Warns_of_values_that_are_missing_now(int missing, bool warned)
    {
        var report = _model.ReportRows(Scores(2000).Select((score, i) => i < missing ? "" : score));

        report.Of("missing").Status.Should().Be(warned ? CheckStatus.Warn : CheckStatus.Pass);
        report.Of("missing").Message.Should().Be(
            $"Column score: {missing / 20.0:0.##} % of the rows have no value, and 0 % in version 1; limit 5 points more"
            + $"{(warned ? ", p < 0.001" : "")}.");
    }

    [Fact]
    public void Leaves_missing_values_to_the_rule_that_requires_one()
    {
        _model.Definition = _model.Definition with { Threshold = 1 };
        _model.Rule(new ColumnRule { Name = "score", Required = true });

        var report = _model.ReportRows(Scores(2000).Select((score, i) => i < 500 ? "" : score));

        report.Of("required").Status.Should().Be(CheckStatus.Warn);
        report.Checks.Should().NotContain(check => check.Check == CheckName.Missing);
    }

    [Fact]
    public void Leaves_values_that_are_no_numbers_to_the_check_of_types()
    {
        _model.Definition = _model.Definition with { Threshold = 1 };

        var report = _model.ReportRows(Scores(2000).Select((score, i) => i < 500 ? "x" : score));

        report.Of("type").Status.Should().Be(CheckStatus.Warn);
        report.Of("missing").Should().BeEquivalentTo(new { Status = CheckStatus.Pass, Observed = (CheckValue)0 });
    }

    [Fact]
    public void Leaves_out_dates_which_move_on_and_columns_whose_drift_is_off()
    {
        using var model = new StagedModel { Columns = "score:number opened:date" };
        model.Definition = model.Definition with { Columns = [new ColumnRule { Name = "score", Drift = null }] };
        model.Publish(Scores(2000).Select(score => $"{score},2024-01-{int.Parse(score) % 28 + 1:00}"));

        var report = model.ReportRows(Scores(2000).Select(score => $"9{score},2024-02-{int.Parse(score) % 28 + 1:00}"));

        report.Checks.Should().NotContain(check => check.Check == CheckName.OutOfRange);
        report.Checks.Where(check => check.Check == CheckName.Missing).Select(check => check.Column)
            .Should().Equal("opened");
    }

    private static IEnumerable<string> Scores(int rows) => Enumerable.Range(0, rows).Select(i => $"{i % 1000}");
}
