using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Reports;

namespace Benchmark.Notifier.Tests;

public sealed class Following_what_a_person_asks_for() : RunFixture([])
{
    [Fact]
    public async Task Reports_a_rollback_with_who_and_why()
    {
        await ConsumeAsync(Started(RunTrigger.Rollback), Published(refresh => refresh with { RolledBackTo = 3 }));

        var run = await FindAsync();
        run.State.Should().Be(RunState.Completed);
        var report = await RunReport.WriteAsync(new ReportFacts(run, new Dictionary<ModelKey, ModelFacts>()));
        report.Subject.Should().Be($"Benchmark {Events.Stream}/a: rolled back to version 3");
        report.Text.Should().Contain("Rolled back to version 3 by ada: load was broken.");
        report.Html.Should().Contain("Rolled back to version 3 by ada: load was broken.");
    }

    [Fact]
    public async Task Reports_what_was_overruled_when_rejected_data_was_accepted()
    {
        var rejected = Guid.NewGuid();
        await ConsumeAsync(Started(RunTrigger.Accept), Published(refresh => refresh with
        {
            AcceptedFrom = rejected,
            Overruled = [CheckName.RowsChange, CheckName.Drift],
        }));

        var report = await RunReport.WriteAsync(
            new ReportFacts(await FindAsync(), new Dictionary<ModelKey, ModelFacts>()));

        report.Text.Should().Contain(
            $"Accepted what run {rejected} rejected, overruling rows_change, drift by ada: load was broken.");
    }

    [Fact]
    public async Task Waits_for_the_publisher_alone_and_says_so_when_it_does_not_answer()
    {
        await ConsumeAsync(Started(RunTrigger.Rollback));
        ModelOf(await FindAsync(), "a").Stage.Should().Be(Stage.Publish);
        Notifier.Time.Advance(TimeSpan.FromHours(3));

        await SweepUntilClosedAsync();

        var run = await FindAsync();
        ModelOf(run, "a").Outcome.Should().Be(Outcome.Missing);
        var report = await RunReport.WriteAsync(new ReportFacts(run, new Dictionary<ModelKey, ModelFacts>()));
        report.Text.Should().Contain("The Publisher has not answered")
            .And.Contain($"benchmark rollback {Events.Stream}/a --to N --reason TEXT")
            .And.NotContain("benchmark refresh");
    }

    [Fact]
    public async Task Closes_the_run_when_the_publisher_has_given_up()
    {
        await ConsumeAsync(Started(RunTrigger.Rollback));

        await Notifier.ConsumeFaultAsync(
            new RollBackModel
            {
                RunId = Run.RunId,
                ValueStream = Events.Stream,
                Model = "a",
                ToVersion = 3,
                RequestedBy = "ada",
                Reason = "load was broken",
            },
            "the disk is full");

        var run = await FindAsync();
        run.State.Should().Be(RunState.Completed);
        ModelOf(run, "a").Should().BeEquivalentTo(
            new { Outcome = Outcome.Failed, Stage = Stage.Publish, Reason = "the disk is full", RolledBackTo = 3 });
        ModelOf(run, "a").Hint.Should().Contain($"benchmark rollback {Events.Stream}/a --to 3 --reason TEXT")
            .And.Contain("publisher_error");
    }

    private RefreshRunStarted Started(RunTrigger trigger) => Run.Started("a") with
    {
        Trigger = trigger,
        RequestedBy = "ada",
        Reason = "load was broken",
    };

    private ModelPublished Published(Func<RefreshOutcome, RefreshOutcome> change)
    {
        var published = Run.Published("a");
        return published with { Refresh = change(published.Refresh) with { WorstDrift = null } };
    }
}
