using Benchmark.Contracts.Registry;

namespace Benchmark.Validator.Tests;

/// <summary>
/// A date that says when the data was taken is another one each month, which is no drift of the population.
/// </summary>
public sealed class Recognizing_the_date_of_the_data : IDisposable
{
    private const string Remedy =
        "so it seems to say when the data was taken, and its drift is not judged. Write 'role: as_of' for it in the "
        + "registry, and it is checked to move forward; or 'drift: off'.";

    private readonly StagedModel _model = new() { Columns = "id:integer snapshot:date" };

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("date", "2026-01-31", "2026-02-28")]
    [InlineData("timestamp", "2026-01-31T06:00:00", "2026-02-28T06:00:00")]
    public void Warns_once_of_the_next_snapshot_and_names_the_remedy(string type, string january, string february)
    {
        _model.Columns = $"id:integer snapshot:{type}";
        _model.Publish(Rows(_ => january));

        var report = _model.ReportRows(Rows(_ => february));

        report.Accepted.Should().BeTrue();
        report.Warned().Should().Equal("drift snapshot");
        report.Of("drift", "snapshot").Message.Should().Be(
            $"Column snapshot: every value is after {january}, the latest in version 1, {Remedy}");
        report.Drift!.Columns.Select(column => column.Column).Should().Equal("id");
        report.Drift.Worst!.Column.Should().Be("id");
    }

    [Fact]
    public void Warns_of_times_that_are_all_of_another_month()
    {
        _model.Publish(Rows(i => $"2026-01-{i % 28 + 1:00}"));

        var report = _model.ReportRows(Rows(i => $"2026-02-{i % 28 + 1:00}"));

        report.Accepted.Should().BeTrue();
        report.Warned().Should().Equal("drift snapshot");
        report.Of("drift", "snapshot").Message.Should().StartWith("Column snapshot: every value is after 2026-01-28,");
    }

    [Fact]
    public void Warns_of_an_earlier_snapshot_too()
    {
        _model.Publish(Rows(_ => "2026-02-28"));

        var report = _model.ReportRows(Rows(_ => "2026-01-31"));

        report.Warned().Should().Equal("drift snapshot");
        report.Of("drift", "snapshot").Message.Should().Be(
            $"Column snapshot: every value is 2026-01-31, and every one was 2026-02-28 in version 1, {Remedy}");
    }

    [Fact]
    public void Rejects_many_dates_that_have_become_one()
    {
        _model.Publish(Rows(i => $"{1950 + i % 50}-06-{i % 28 + 1:00}"));

        var report = _model.ReportRows(Rows(_ => "2026-11-01"));

        report.Accepted.Should().BeFalse();
        report.Drift!.Worst!.Column.Should().Be("snapshot");
    }

    [Fact]
    public void Says_it_once_when_it_is_compared_with_an_anchor_as_well()
    {
        _model.Publish(Rows(_ => "2026-01-31"));
        _model.Publish(Rows(_ => "2026-02-28"));

        var report = _model.ReportRows(Rows(_ => "2026-03-31"));

        report.Warned().Should().Equal("drift snapshot");
        report.Drift!.WorstSinceAnchor!.Column.Should().Be("id");
    }

    [Fact]
    public void Says_it_of_the_anchor_when_only_that_lies_behind()
    {
        _model.Publish(Rows(i => $"2026-01-{i % 28 + 1:00}"));
        var forced = _model.StageAccepted(Rows(i => $"2026-02-{i % 28 + 1:00}"), force: true);
        _model.Publish(forced);

        var report = _model.ReportRows(Rows(i => $"2026-02-{i % 28 + 1:00}"));

        report.Warned().Should().Equal("cumulative_drift snapshot");
        report.Of("cumulative_drift", "snapshot").Message.Should().StartWith(
            "Column snapshot: every value is after 2026-01-28, the latest in version 1, so it seems to say when");
    }

    [Fact]
    public void Judges_dates_that_are_only_mostly_later()
    {
        _model.Publish(Rows(i => $"2026-01-{i % 28 + 1:00}"));

        var report = _model.ReportRows(Rows(i => i == 0 ? "2026-01-28" : $"2026-02-{i % 28 + 1:00}"));

        report.Failed().Should().Equal("drift snapshot");
    }

    [Fact]
    public void Judges_dates_of_which_some_are_missing_but_names_the_remedy()
    {
        _model.Publish(Rows(_ => "2026-01-31"));

        var report = _model.ReportRows(Rows(i => i % 2 == 0 ? "" : "2026-02-28"));

        report.Failed().Should().Equal("drift snapshot");
        report.Of("drift", "snapshot").Message.Should().EndWith(
            "Beside missing ones, every value is after 2026-01-31, the latest: if it says when the data was taken, its "
            + "drift is no matter. Write 'role: as_of' for it in the registry, and it is checked to move forward; or "
            + "'drift: off'.");
    }

    [Fact]
    public void Judges_numbers_that_are_all_above()
    {
        _model.Columns = "id:integer snapshot:integer";
        _model.Publish(Rows(_ => "20260131"));

        _model.ReportRows(Rows(_ => "20260228")).Failed().Should().Equal("drift snapshot");
    }

    [Fact]
    public void Says_nothing_of_a_column_whose_drift_is_off()
    {
        _model.Definition = _model.Definition with { Columns = [new ColumnRule { Name = "snapshot", Drift = null }] };
        _model.Publish(Rows(_ => "2026-01-31"));

        _model.ReportRows(Rows(_ => "2026-02-28")).Warned().Should().BeEmpty();
    }

    private static IEnumerable<string> Rows(Func<int, string> snapshot) =>
        Enumerable.Range(0, 1000).Select(i => $"{i % 10},{snapshot(i)}");
}
