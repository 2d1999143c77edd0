using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

public sealed class Reporting_by_cause
{
    [Theory]
    [InlineData("Table BANK.{0} does not exist (query 01b2f-0001-{1}).")]
    [InlineData("credit/{0}: 1{1}2 of 20,{1}00 rows above 850; line {1}")]
    [InlineData("Run 0f3f7c1e-6d0b-5f2a-9c55-2d8a4f1b7e6{1} of {0} took 1{1}.5 s.")]
    public async Task Names_models_in_one_row_when_only_names_and_numbers_differ(string reason)
    {
        RefreshOutcome Model(string name, int number) =>
            Failed(name, string.Format(reason, number % 2 == 0 ? name.ToUpperInvariant() : name, number));

        var report = await RunReport.WriteAsync(Run(
            Model("a", 1), Model("pd_small", 2), Model("lgd", 3), Failed("other", "The disk is full.")), s_nothing);

        report.Text.Should().Contain("- 3 failed at fetch\n").And.Contain("    credit/a, credit/pd_small, credit/lgd\n")
            .And.Contain("- credit/other: failed at fetch\n    The disk is full.\n");
    }

    [Fact]
    public async Task Names_models_in_one_row_when_their_tables_have_other_names()
    {
        var known = new[] { ("a", "DWH.RISK.T_ALPHA"), ("b", "DWH.RISK.T_BETA") }.ToDictionary(
            pair => Key(pair.Item1),
            pair => new ModelFacts { Definition = Models.Named("credit", pair.Item1) with { Table = pair.Item2 } });

        var report = await RunReport.WriteAsync(
            Run(Failed("a", "No rights on 'T_ALPHA'."), Failed("b", "No rights on 'T_BETA'.")), known);

        report.Text.Should().Contain("- 2 failed at fetch");
    }

    [Fact]
    public async Task Keeps_apart_what_differs_in_words()
    {
        var report = await RunReport.WriteAsync(
            Run(Failed("a", "Column cat is late."), Failed("b", "Column dog is late.")), s_nothing);

        report.Text.Should().NotContain("2 failed at fetch");
    }

    [Fact]
    public async Task Gives_one_command_for_a_few_models_and_the_run_for_many()
    {
        RefreshOutcome[] models = [.. Enumerable.Range(0, 35).Select(i => Failed($"m{i}", "The disk is full."))];

        var few = await RunReport.WriteAsync(Run(models[..3]), s_nothing);
        var many = await RunReport.WriteAsync(Run(models), s_nothing);

        few.Text.Should().Contain("Next: Fix the cause, then run: benchmark refresh credit/m0 credit/m1 credit/m2\n");
        many.Text.Should().Contain($"then run: benchmark refresh --failed {Run().RunId}\n")
            .And.Contain("credit/m34");
    }

    [Fact]
    public async Task Never_forces_more_than_it_names()
    {
        RefreshOutcome[] models = [.. Enumerable.Range(0, 35)
            .Select(i => Failed($"m{i}", "Column score moved.") with { Outcome = Outcome.Rejected })];
        var facts = new ModelFacts
        {
            Checks = [new CheckResult { Check = CheckName.Drift, Status = CheckStatus.Fail, Message = "It moved." }],
        };

        var report = await RunReport.WriteAsync(
            Run(models), models.ToDictionary(model => model.Name, _ => facts));

        report.Text.Should().MatchRegex("benchmark refresh credit/m0 .*credit/m9 --force --reason TEXT\n")
            .And.NotContain("--failed");
    }

    [Fact]
    public async Task Gives_no_command_with_a_name_that_means_something_to_a_shell()
    {
        var report = await RunReport.WriteAsync(Run(Failed("$(reboot)", "No such model.")), s_nothing);

        report.Text.Should().NotContain("benchmark refresh").And.Contain("No model can have this name");
    }

    [Fact]
    public async Task Says_that_a_person_cancelled_the_run_and_sends_nobody_to_a_queue()
    {
        var missing = Failed("a", "It had no outcome when the run closed.") with { Outcome = Outcome.Missing };

        var cancelled = await RunReport.WriteAsync(
            Run(missing) with { CloseReason = "cancelled by the operator" }, s_nothing);
        var late = await RunReport.WriteAsync(
            Run(missing) with { CloseReason = "deadline of 2026-09-01 10:00:00 UTC passed" }, s_nothing);

        cancelled.Text.Should().Contain("The run was cancelled by the operator.\n").And.NotContain("queue")
            .And.Contain("When it is wanted after all: benchmark refresh credit/a");
        cancelled.Html.Should().Contain("The run was cancelled by the operator.").And.NotContain("queue");
        late.Text.Should().NotContain("was cancelled").And.Contain("its queue");
    }

    [Fact]
    public async Task Names_those_that_nobody_is_told_about()
    {
        var report = await RunReport.WriteAsync(
            Run(Failed("a", "No.")), s_nothing, new ReportContext { Untold = [Key("b"), Key("c")] });

        report.Text.Should().Contain("credit/b, credit/c: add 'notify' in the registry.");
        report.Html.Should().Contain("credit/b, credit/c: add");
        (await RunReport.FileAsync(report.Facts)).Should().Contain("credit/b, credit/c: add");
    }

    private static readonly Dictionary<ModelKey, ModelFacts> s_nothing = [];

    private static ModelKey Key(string model) => new() { ValueStream = "credit", Model = model };

    private static RefreshOutcome Failed(string model, string reason) => new()
    {
        ValueStream = "credit",
        Model = model,
        Outcome = Outcome.Failed,
        Stage = Stage.Fetch,
        Reason = reason,
    };

    private static RunSummary Run(params RefreshOutcome[] models) => new()
    {
        RunId = Guid.Parse("0f3f7c1e-6d0b-5f2a-9c55-2d8a4f1b7e60"),
        State = RunState.Incomplete,
        Trigger = RunTrigger.Schedule,
        StartedAt = NotifierHost.Start,
        ClosedAt = NotifierHost.Start,
        Models = models,
    };
}
