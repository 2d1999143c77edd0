using System.Text.RegularExpressions;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Tests;

public sealed partial class Reporting_a_run
{
    private const string CorrectDataOrRule =
        "Correct the source's data or, if that is right, the rule in the registry; then: benchmark refresh "
        + "value_stream_1/b";

    private const string LookAtData =
        "Look at the data. If it is right: benchmark refresh value_stream_1/b --force --reason TEXT";

    private static readonly Dictionary<ModelKey, ModelFacts> s_nothing = [];

    [Fact]
    public async Task Tells_counts_then_failures_then_drift_then_what_is_served()
    {
        var report = await RunReport.WriteAsync(Run(Published("a"), Rejected("b"), Missing("c")), s_nothing);

        report.Subject.Should().Be(
            "Benchmarks refreshed: 1 published, 1 rejected (value_stream_1/b), 1 missing (value_stream_1/c)");
        foreach (var form in new[] { report.Text, Visible(report.Html) })
        {
            form.Should().MatchRegex("(?s)1\\s+published"
                + ".*Not published.*value_stream_1/b.*12 of 1000 rows.*Next: .*benchmark refresh value_stream_1/b"
                + ".*value_stream_1/c.*It was last seen at: fetch"
                + ".*Drift.*score.*0\\.300"
                + ".*Served now.*value_stream_1/a.*7.*1,000");
        }
    }

    [Fact]
    public async Task Prefers_the_hint_of_the_service_as_the_next_step()
    {
        var failed = Rejected("b") with { Outcome = Outcome.Failed, Hint = "Grant the role access." };

        var report = await RunReport.WriteAsync(Run(failed), s_nothing);

        report.Subject.Should().Be("Benchmarks not refreshed: 1 failed (value_stream_1/b)");
        report.Text.Should().Contain("Next: Grant the role access.").And.NotContain("Served now");
    }

    [Theory]
    [InlineData(true, "The previous version stays published.", "Nothing is published")]
    [InlineData(false, "Nothing is published yet.", "stays published")]
    public async Task Says_whether_a_version_is_served(bool served, string told, string untold)
    {
        var failed = Rejected("b") with { Outcome = Outcome.Failed };

        foreach (var model in new[] { Rejected("b"), failed })
        {
            var report = await RunReport.WriteAsync(Run(model), Known("b", new ModelFacts { Served = served }));

            report.Text.Should().Contain(told).And.NotContain(untold);
        }
    }

    [Fact]
    public async Task Does_not_say_what_is_served_when_it_cannot_know()
    {
        var report = await RunReport.WriteAsync(Run(Rejected("b")), s_nothing);

        report.Text.Should().NotContain("serv");
    }

    [Theory]
    [InlineData("type", CorrectDataOrRule)]
    [InlineData("schema", CorrectDataOrRule)]
    [InlineData("drift type", CorrectDataOrRule)]
    [InlineData("drift", LookAtData)]
    [InlineData("rows_change drift", LookAtData)]
    [InlineData("cumulative_drift", LookAtData)]
    [InlineData("freshness", LookAtData)]
    [InlineData("freshness drift", LookAtData)]
    [InlineData("schema_change", LookAtData)]
    [InlineData("schema_change rows_change", LookAtData)]
    [InlineData("schema schema_change", CorrectDataOrRule)]
    [InlineData("integrity", "Fetch it again: benchmark refresh value_stream_1/b")]
    [InlineData("", "Correct the data or the rule, then run: benchmark refresh value_stream_1/b")]
    public async Task Chooses_the_next_step_by_the_checks_that_failed(string failed, string next)
    {
        var checks = failed.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(check => Check(check, CheckStatus.Fail))
            .Append(Check("drift", CheckStatus.Warn));
        var facts = new ModelFacts { Checks = [.. checks, Check("key", CheckStatus.Pass)] };

        var report = await RunReport.WriteAsync(Run(Rejected("b")), Known("b", facts));

        foreach (var form in new[] { report.Text, Visible(report.Html) })
            form.Should().Contain(next);
    }

    [Fact]
    public async Task Names_the_owner_of_what_was_not_published()
    {
        var report = await RunReport.WriteAsync(
            Run(Rejected("b"), Rejected("c")), Known("b", new ModelFacts { Owner = "Risk & Analytics" }));

        foreach (var form in new[] { report.Text, Visible(report.Html) })
        {
            form.Should().MatchRegex("(?s)Not published.*value_stream_1/b.*owner: Risk & Analytics.*value_stream_1/c");
            form.Split("owner:").Should().HaveCount(2, "of the other nobody is known");
        }
    }

    [Fact]
    public async Task Shows_further_columns_that_drifted_where_they_are_known()
    {
        var drift = new DriftSummary
        {
            AgainstVersion = 6,
            Columns = [Column("score", 0.3, Band.Moved), Column("age", 0.15, Band.Shifted),
                Column("income", 0.01, Band.Stable)],
        };

        var report = await RunReport.WriteAsync(Run(Published("a")), Known("a", new ModelFacts { Drift = drift }));

        foreach (var form in new[] { report.Text, Visible(report.Html) })
            form.Should().MatchRegex("(?s)score.*0\\.300.*age.*0\\.150").And.NotContain("income");
    }

    [Fact]
    public async Task Lists_the_worst_verdict_first_and_of_equal_ones_the_greatest_psi()
    {
        RefreshOutcome Drifted(string model, double psi, Band band) => Published(model) with
        {
            WorstDrift = new WorstDrift { Column = "score", Psi = psi, Band = band },
        };
        // A model's own limits may call 0.3 shifted and 0.2 moved.
        var drift = new DriftSummary
        {
            AgainstVersion = 6,
            Columns = [Column("age", 0.15, Band.Shifted), Column("income", 0.9, Band.Shifted),
                Column("term", 0.12, Band.Moved)],
        };

        var report = await RunReport.WriteAsync(
            Run(Drifted("a", 0.3, Band.Shifted), Drifted("b", 0.2, Band.Moved), Drifted("c", 0.25, Band.Moved)),
            Known("c", new ModelFacts { Drift = drift }));

        foreach (var form in new[] { report.Text, Visible(report.Html) })
            form.Should().MatchRegex(
                "(?s)Drift.*0\\.250.*term.*0\\.120.*income.*0\\.900.*age.*0\\.150.*0\\.200.*0\\.300.*Served");
    }

    [Fact]
    public async Task Says_on_how_many_bins_a_verdict_stands_and_how_probable_chance_makes_it()
    {
        var published = Published("a");
        published = published with { WorstDrift = published.WorstDrift! with { PValue = 1e-9, BinsFilled = 2 } };

        var report = await RunReport.WriteAsync(Run(published), s_nothing);

        report.Text.Should().Contain("score moved, PSI 0.300 on 2 bins, p < 0.001");
        Visible(report.Html).Should().MatchRegex("(?s)Bins.*Chance.*score.*0\\.300 moved\\s+2\\s+< 0\\.001");
    }

    [Fact]
    public async Task Lists_what_was_published_with_warnings_and_counts_it_in_the_subject()
    {
        var run = Run(Published("a") with { Warnings = 2 }, Published("b"), Rejected("c"));
        var facts = new ModelFacts
        {
            Checks =
            [
                Check("range", CheckStatus.Warn) with { Message = "Column score: 3 of 100 rows above 850; line 7." },
                Check("type", CheckStatus.Pass) with { Message = "All is well." },
            ],
        };

        var report = await RunReport.WriteAsync(run, Known("a", facts));

        report.Subject.Should().Be("Benchmarks refreshed: 2 published, 1 with warnings, 1 rejected (value_stream_1/c)");
        foreach (var form in new[] { report.Text, Visible(report.Html) })
            form.Should().MatchRegex("(?s)Published with warnings.*value_stream_1/a.*3 of 100 rows above 850; line 7\\."
                + ".*1 more: see manifest.json.*Served now").And.NotContain("All is well");
    }

    [Fact]
    public async Task Counts_warnings_of_which_no_more_is_known()
    {
        var report = await RunReport.WriteAsync(Run(Published("a") with { Warnings = 2 }), s_nothing);

        report.Text.Should().MatchRegex("(?s)Published with warnings.*value_stream_1/a.*2 in total: see manifest.json");
    }

    [Fact]
    public async Task Encodes_whatever_names_and_reasons_hold()
    {
        const string hostile = "<script>alert('x')</script>&\"";
        var model = Rejected(
            hostile) with
        { ValueStream = "<b>", Outcome = Outcome.Failed, Reason = hostile, Hint = hostile };
        var run = Run(model) with { RequestedBy = hostile, Reason = hostile };

        var report = await RunReport.WriteAsync(run, s_nothing);

        report.Html.Should().NotContain("<script").And.Contain("&lt;script&gt;");
        report.Text.Should().Contain(hostile);
    }

    [Fact]
    public async Task Keeps_the_subject_on_one_line()
    {
        var report = await RunReport.WriteAsync(Run(Rejected("b\r\nBcc: everybody@bank.example")), s_nothing);

        report.Subject.Should().NotContainAny("\r", "\n");
    }

    [Fact]
    public async Task Names_three_and_counts_the_rest_in_the_subject()
    {
        var report = await RunReport.WriteAsync(
            Run([.. Enumerable.Range(1, 5).Select(i => Rejected($"m{i}"))]), s_nothing);

        report.Subject.Should().Be(
            "Benchmarks not refreshed: 5 rejected (value_stream_1/m1, value_stream_1/m2, value_stream_1/m3 and 2 "
            + "more)");
    }

    [Fact]
    public async Task Stays_below_what_mail_programs_cut_off_when_600_models_fail()
    {
        var run = Run([.. Enumerable.Range(1, 600).Select(i => Rejected($"model_{i}"))]);

        var facts = new ModelFacts
        {
            Served = true,
            Owner = "risk-analytics@bank.example",
            Checks = [Check("range", CheckStatus.Fail)],
        };

        var report = await RunReport.WriteAsync(run, run.Models.ToDictionary(model => model.Name, _ => facts));

        report.Html.Length.Should().BeLessThan(102_000);
        Visible(report.Html).Should().Contain("and 500 more");
        report.Text.Should().Contain("and 500 more");
    }

    [Fact]
    public async Task Uses_only_what_outlook_renders()
    {
        var report = await RunReport.WriteAsync(Run(Published("a"), Rejected("b")), s_nothing);

        report.Html.Should().NotContainAny("<style", "<div", "display:flex", "class=", "<img", "<svg");
        report.Html.Should().StartWith("<!DOCTYPE html>");
    }

    private static RunSummary Run(params RefreshOutcome[] models) => new()
    {
        RunId = Guid.Parse("11111111-2222-3333-4444-555555555555"),
        State = RunState.Completed,
        Trigger = RunTrigger.Schedule,
        StartedAt = NotifierHost.Start,
        ClosedAt = NotifierHost.Start.AddMinutes(5),
        Models = models,
    };

    private static RefreshOutcome Published(string model) => new()
    {
        ValueStream = Events.Stream,
        Model = model,
        Outcome = Outcome.Published,
        Stage = Stage.Publish,
        Version = 7,
        Rows = 1000,
        Bytes = 20_000,
        WorstDrift = new WorstDrift { Column = "score", Psi = 0.3, Band = Band.Moved },
    };

    private static RefreshOutcome Rejected(string model) => new()
    {
        ValueStream = Events.Stream,
        Model = model,
        Outcome = Outcome.Rejected,
        Stage = Stage.Validate,
        Rows = 1000,
        Bytes = 20_000,
        Reason = "score: 12 of 1000 rows above 850; allowed 5 %; line 17",
    };

    private static RefreshOutcome Missing(string model) =>
        new()
        {
            ValueStream = Events.Stream,
            Model = model,
            Outcome = Outcome.Missing,
            Stage = Stage.Fetch,
            Reason = "Not heard of."
        };

    private static Dictionary<ModelKey, ModelFacts> Known(string model, ModelFacts facts) =>
        new() { [new ModelKey { ValueStream = Events.Stream, Model = model }] = facts };

    private static CheckResult Check(string check, CheckStatus status) =>
        new() { Check = EnumWords.Read<CheckName>(check), Status = status, Message = $"{check}: {status}" };

    private static ColumnDrift Column(string name, double psi, Band band) =>
        new() { Column = name, Psi = psi, Band = band, NoiseLimit = 0.01 };

    private static string Visible(string html) => System.Net.WebUtility.HtmlDecode(Tags().Replace(html, " "));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
