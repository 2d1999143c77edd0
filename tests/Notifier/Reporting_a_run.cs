using System.Text.RegularExpressions;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;

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
            "Benchmarks 2026-11-01: 1 published, 1 rejected, 1 missing");
        foreach (var form in new[] { report.Text, Visible(report.Html) })
        {
            form.Should().MatchRegex("(?s)1\\s+published"
                + ".*Not published.*value_stream_1/b.*12 of 1000 rows.*Next: .*benchmark refresh value_stream_1/b"
                + ".*value_stream_1/c.*It was last seen at: fetch"
                + ".*Drift.*score.*0\\.300"
                + ".*What is served.*value_stream_1/b.*not known.*value_stream_1/c.*not known");
        }
    }

    [Fact]
    public async Task Prefers_the_hint_of_the_service_as_the_next_step()
    {
        var failed = Rejected("b") with { Outcome = Outcome.Failed, Hint = "Grant the role access." };

        var report = await RunReport.WriteAsync(Run(failed), s_nothing);

        report.Subject.Should().Be("Benchmarks 2026-11-01: 1 failed");
        report.Text.Should().Contain("Next: Grant the role access.");
    }

    [Fact]
    public async Task Tells_those_apart_whose_source_is_late()
    {
        var late = Missing("c") with
        {
            Outcome = Outcome.SourceLate,
            Reason = "The source demo is late.",
            Hint = "Ask whoever loads demo.",
        };
        var known = Known("c", new ModelFacts { Definition = Models.Named("value_stream_1", "c") });

        var report = await RunReport.WriteAsync(Run(late, late with { Model = "d" }, Rejected("b")), known);

        report.Subject.Should().Be("Benchmarks 2026-11-01: 1 rejected, 2 source late");
        foreach (var form in new[] { report.Text, Words(report.Html) })
            form.Should().MatchRegex("(?s)2\\s+source late.*value_stream_1/b.*2 source late at fetch.*"
                + "Ask whoever loads demo. Then run: benchmark refresh value_stream_1/c value_stream_1/d");
    }

    [Theory]
    [InlineData(true, "version 6, 30 days old, 1,234 rows")]
    [InlineData(false, "nothing yet")]
    [InlineData(null, "not known")]
    public async Task Says_what_is_served_of_what_was_not_published(bool? served, string told)
    {
        var facts = new ModelFacts
        {
            Served = served,
            ServedNow = served == true
                ? new ServedVersion(6, 1234, NotifierHost.Start.AddDays(-30).AddMinutes(5)) : null,
        };

        foreach (var model in new[] { Rejected("b"), Rejected("b") with { Outcome = Outcome.Failed } })
        {
            var report = await RunReport.WriteAsync(Run(model), Known("b", facts));

            report.Text.Should().Contain($"- value_stream_1/b: {told}");
            Words(report.Html).Should().Contain($"value_stream_1/b {told.Replace(", ", " ")}");
        }
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

        foreach (var form in new[] { report.Text, Words(report.Html) })
            form.Should().Contain(next);
    }

    [Fact]
    public async Task Names_the_owner_of_what_was_not_published()
    {
        var report = await RunReport.WriteAsync(
            Run(Rejected("b"), Missing("c")), Known("b", new ModelFacts { Owner = "Risk & Analytics" }));

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
                "(?s)Drift.*term.*0\\.120.*income.*0\\.900.*age.*0\\.150.*0\\.200.*0\\.300");
    }

    [Fact]
    public async Task Says_on_how_many_bins_a_verdict_stands_and_how_probable_chance_makes_it()
    {
        var published = Published("a");
        published = published with { WorstDrift = published.WorstDrift! with { PValue = 1e-9, BinsFilled = 2 } };

        var report = await RunReport.WriteAsync(Run(published), s_nothing);

        report.Text.Should().Contain("score moved, PSI 0.300 on 2 bins, p < 0.001");
        Words(report.Html).Should().Contain("score PSI 0.300 moved on 2 bins, p < 0.001");
    }

    [Fact]
    public async Task Names_every_warning_once_with_all_models_that_have_it()
    {
        CheckResult Range(int rows) => Check("range", CheckStatus.Warn) with
        {
            Column = "score",
            Message = $"Column score: {rows} of 1000 rows above 850; line {rows * 7}.",
        };
        var known = new Dictionary<ModelKey, ModelFacts>
        {
            [Key("a")] = new() { Checks = [Range(3), Check("key", CheckStatus.Warn)] },
            [Key("b")] = new() { Checks = [Range(4), Check("type", CheckStatus.Pass)] },
        };

        var report = await RunReport.WriteAsync(
            Run(Published("a") with { Warnings = 2 }, Published("b") with { Warnings = 1 }), known);

        report.Text.Should().Contain(
            "- range: for example: Column score: 3 of 1000 rows above 850; line 21.\n"
            + "    value_stream_1/a, value_stream_1/b\n- key: key: Warn\n    value_stream_1/a\n");
        Words(report.Html).Should().Contain(
            "line 21. value_stream_1/a, value_stream_1/b key key: Warn value_stream_1/a");
        report.Text.Should().NotContain("type: Pass");
    }

    [Fact]
    public async Task Counts_warnings_of_which_no_more_is_known()
    {
        var report = await RunReport.WriteAsync(Run(Published("a") with { Warnings = 2 }), s_nothing);

        report.Text.Should().Contain("2 warnings that could not be read: see manifest.json of the version.\n"
            + "    value_stream_1/a");
    }

    [Fact]
    public async Task Tells_what_went_wrong_although_the_data_was_published()
    {
        var published = Published("a") with { Reason = "The older version 3 could not be removed." };

        var report = await RunReport.WriteAsync(Run(published, Published("b")), s_nothing);

        report.Text.Should().MatchRegex("(?s)Published with warnings.*- publish: The older version 3 could not be "
            + "removed\\.\n    value_stream_1/a\n");
        Words(report.Html).Should().Contain("publish The older version 3 could not be removed. value_stream_1/a");
        report.Text.Should().NotContain("Not published");
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
        var report = await RunReport.WriteAsync(
            Run(Rejected("b\r\nBcc: everybody@bank.example")) with { Trigger = RunTrigger.Operator }, s_nothing);

        report.Subject.Should().Contain("Bcc");
        report.Subject.Should().NotContainAny("\r", "\n");
    }

    [Fact]
    public async Task Uses_only_what_outlook_renders()
    {
        var report = await RunReport.WriteAsync(Run(Published("a"), Rejected("b")), s_nothing);

        report.Html.Should().NotContainAny("<style", "<div", "display:flex", "class=", "<img", "<svg");
        report.Html.Should().StartWith("<!DOCTYPE html>");
    }

    private static ModelKey Key(string model) => new() { ValueStream = Events.Stream, Model = model };

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
        new() { [Key(model)] = facts };

    private static CheckResult Check(string check, CheckStatus status) =>
        new() { Check = EnumWords.Read<CheckName>(check), Status = status, Message = $"{check}: {status}" };

    private static ColumnDrift Column(string name, double psi, Band band) =>
        new() { Column = name, Psi = psi, Band = band, NoiseLimit = 0.01 };

    private static string Words(string html) => Spaces().Replace(Visible(html), " ");

    private static string Visible(string html) => System.Net.WebUtility.HtmlDecode(Tags().Replace(html, " "));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
