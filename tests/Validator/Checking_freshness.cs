using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Tests;

public sealed class Checking_freshness : IDisposable
{
    private readonly StagedModel _model = new() { Columns = "id:integer as_of:date" };

    public void Dispose() => _model.Dispose();

    // Fetched on 2026-03-01 at 06:00 UTC.
    [Theory]
    [InlineData("date", "2026-03-01", "was as new as the fetch; allowed are 40 days")]
    [InlineData("date", "2026-02-28", "was 1 day old at the fetch; allowed are 40 days")]
    [InlineData("date", "2026-01-20", "was 40 days old at the fetch; allowed are 40 days")]
    [InlineData("date", "2026-03-02", "was as new as the fetch; allowed are 40 days")]
    [InlineData("timestamp", "2026-02-28T04:30:00", "was 1 day 1 hour old at the fetch; allowed are 40 days")]
    [InlineData("timestamp", "2026-03-01T07:30:00+02:00", "was 30 minutes old at the fetch; allowed are 40 days")]
    public void Accepts_what_is_new_enough(string type, string newest, string message)
    {
        _model.Columns = $"id:integer as_of:{type}";
        AsOf(TimeSpan.FromDays(40));

        var report = _model.ReportRows(["1,", $"2,{newest}"]);

        report.Failed().Should().BeEmpty();
        report.Of("freshness", "as_of").Message.Should().Be($"Column as_of: the newest value, {newest}, {message}.");
        report.Of("freshness", "as_of").Observed.Should().Be((CheckValue)newest);
    }

    [Theory]
    [InlineData("date", "2026-01-19", "was 41 days old at the fetch; allowed are 40 days")]
    [InlineData("date", "2026-03-03", "is 2 days after the fetch")]
    [InlineData("date", "9999-12-31", "is 2912383 days after the fetch")]
    [InlineData("timestamp", "2026-01-20T05:00:00Z", "was 40 days 1 hour old at the fetch; allowed are 40 days")]
    [InlineData("timestamp", "2026-03-02T06:00:01", "is 1 day 1 second after the fetch")]
    public void Rejects_what_is_too_old_or_ahead(string type, string newest, string message)
    {
        _model.Columns = $"id:integer as_of:{type}";
        AsOf(TimeSpan.FromDays(40));

        var report = _model.ReportRows([$"1,{newest}"]);

        report.Failed().Should().Equal("freshness as_of");
        report.Of("freshness").Message.Should().Be($"Column as_of: the newest value, {newest}, {message}.");
    }

    [Fact]
    public void Rejects_a_column_without_a_value()
    {
        AsOf(null);

        var report = _model.ReportRows(["1,", "2,"]);

        report.Failed().Should().Equal("freshness as_of");
        report.Of("freshness").Message.Should().Be("Column as_of: no value says when the data was taken.");
    }

    [Theory]
    [InlineData("2026-02-28", CheckStatus.Pass)]
    [InlineData("2026-01-30", CheckStatus.Fail)]
    [InlineData("2026-01-31", CheckStatus.Warn)]
    public void Wants_the_newest_value_to_move_forward(string newest, CheckStatus status)
    {
        AsOf(null);
        _model.Publish(["1,2026-01-31"]);

        var report = _model.ReportRows([$"2,{newest}"]);

        report.Of("freshness").Status.Should().Be(status);
        if (status != CheckStatus.Pass)
            report.Of("freshness").Message.Should().Be(status == CheckStatus.Fail
                ? "Column as_of: the newest value, 2026-01-30, is before that of version 1, 2026-01-31."
                : "Column as_of: the newest value, 2026-01-31, is that of version 1, but the data is not.");
    }

    [Fact]
    public void Compares_instants_and_not_texts()
    {
        _model.Columns = "id:integer as_of:timestamp";
        AsOf(null);
        _model.Publish(["1,2026-01-31T23:00:00+02:00"]);

        var report = _model.ReportRows(["1,2026-01-31T22:00:00Z"]);

        report.Of("freshness").Status.Should().Be(CheckStatus.Pass);
    }

    [Fact]
    public void Does_not_warn_of_data_that_is_served_already()
    {
        AsOf(null);
        _model.Publish(["1,2026-01-31"]);

        _model.ReportRows(["1,2026-01-31"]).Warned().Should().BeEmpty();
    }

    [Fact]
    public void Measures_no_drift_of_the_column()
    {
        AsOf(null);
        _model.Publish(Enumerable.Repeat("1,2026-01-31", 1000));

        var report = _model.ReportRows(Enumerable.Repeat("1,2026-02-28", 1000));

        report.Accepted.Should().BeTrue();
        report.Warned().Should().BeEmpty();
        report.Drift!.Columns.Select(column => column.Column).Should().Equal("id");
    }

    [Fact]
    public void Is_overruled_by_force()
    {
        AsOf(TimeSpan.FromDays(1));
        _model.Force = true;

        var report = _model.ReportRows(["1,2026-01-31"]);

        report.Accepted.Should().BeTrue();
        report.Of("freshness").Message.Should().EndWith(
            "allowed are 1 day. Accepted, because the refresh was forced.");
    }

    [Fact]
    public void Refuses_a_column_that_the_source_gives_as_text()
    {
        _model.Columns = "id:integer as_of:string";
        AsOf(TimeSpan.FromDays(1));
        _model.Force = true;

        var report = _model.ReportRows(["1,2026-03-01"]);

        report.Failed().Should().Equal("schema as_of");
        report.Of("schema").Message.Should().Be(
            "Column as_of: of type string, but with 'role: as_of' it must be a date or a timestamp. Convert it in the "
            + "query.");
    }

    private void AsOf(TimeSpan? maxAge) =>
        _model.Rule(new ColumnRule { Name = "as_of", IsAsOf = true, MaxAge = maxAge });
}
