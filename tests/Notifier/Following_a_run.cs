using Benchmark.Contracts;
using Benchmark.Data.Stability;
using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

public sealed class Following_a_run_on_sqlite() : Following_a_run(Databases.Sqlite);

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Following_a_run_on_postgresql(PostgresServer server) : Following_a_run(Databases.AddTo(server));

/// <summary>The same on every database.</summary>
public abstract class Following_a_run(Dictionary<string, string?> settings) : RunFixture(settings)
{
    [Fact]
    public async Task Waits_for_every_model_of_the_start()
    {
        await ConsumeAsync(Run.Started("a", "b"), Run.Published("a"), Run.Staged("b"), Run.Validated("b"));

        var run = await FindAsync();
        run.State.Should().Be(RunState.Running);
        run.ClosedAt.Should().BeNull();
        run.Trigger.Should().Be(RunTrigger.Schedule);
        ModelOf(run, "a").Outcome.Should().Be(Outcome.Published);
        ModelOf(run, "b").Should().BeEquivalentTo(
            new { Outcome = (Outcome?)null, Stage = Stage.Publish, Rows = 1000L, Bytes = 20_000L });
        Notifier.Published<RunClosed>().Should().BeEmpty();
    }

    [Fact]
    public async Task Closes_when_the_last_model_has_an_outcome()
    {
        await ConsumeAsync(Run.Started("a", "b", "c", "d"));
        await ConsumeAsync(Run.Published("a"), Run.Rejected("b"), Run.FetchFailed("c"), Run.PublishFailed("d"));

        var run = await FindAsync();
        run.Should().BeEquivalentTo(
            new
            {
                State = RunState.Completed,
                ClosedAt = NotifierHost.Start,
                Published = 1,
                Rejected = 1,
                Failed = 2
            });
        ModelOf(run, "a").Should().BeEquivalentTo(new
        {
            Stage = Stage.Publish,
            Version = 7,
            Rows = 1000L,
            Bytes = 20_000L,
            WorstDrift = new WorstDrift { Column = "score", Psi = 0.125, Band = Band.Shifted },
        });
        ModelOf(run, "b").Should().BeEquivalentTo(new { Stage = Stage.Validate, Outcome = Outcome.Rejected });
        var failed = Run.FetchFailed("c").Refresh;
        ModelOf(run, "c").Should().BeEquivalentTo(new { Stage = Stage.Fetch, failed.Reason, failed.Hint });
        ModelOf(run, "d").Stage.Should().Be(Stage.Publish);
        var closed = Notifier.Published<RunClosed>().Should().ContainSingle().Subject;
        closed.Should().BeEquivalentTo(new { Run.RunId, run.State, run.ClosedAt, run.Trigger, run.StartedAt });
        closed.Models.Should().BeEquivalentTo(
            run.Models, options => options.Excluding(model => model.Name), "it tells what the database holds");
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Ends_in_the_same_place_whatever_the_order_and_however_often(int order)
    {
        object[] events =
        [
            Run.Started("a", "b", "c"),
            Run.Staged("a"), Run.Validated("a"), Run.Published("a"),
            Run.Staged("b"), Run.Rejected("b"),
            Run.FetchFailed("c"),
        ];
        object[] twiceInAnyOrder = [.. events, .. events];
        Seed.Random(order).Shuffle(twiceInAnyOrder);

        await ConsumeAsync(twiceInAnyOrder);

        var run = await FindAsync();
        run.Should().BeEquivalentTo(
            new { State = RunState.Completed, Trigger = RunTrigger.Schedule, Published = 1, Rejected = 1, Failed = 1 });
        run.Models.Should().HaveCount(3);
        ModelOf(run, "a").Should().BeEquivalentTo(new { Stage = Stage.Publish, Version = 7 });
        Notifier.Published<RunClosed>().Should().ContainSingle();
        (await Notifier.Runs.DeliveriesAsync(Run.RunId)).Should().ContainSingle();
    }

    [Fact]
    public async Task Closes_a_run_at_its_deadline_with_models_without_an_outcome_missing()
    {
        await ConsumeAsync(Run.Started("a", "b"), Run.Published("a"), Run.Staged("b"));
        Notifier.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        await Notifier.Sweep.SweepNowAsync();
        Notifier.Published<CloseRun>().Should().BeEmpty("it is not due yet");

        Notifier.Time.Advance(TimeSpan.FromTicks(1));
        await SweepUntilClosedAsync();

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = RunState.Incomplete, Published = 1, Missing = 1 });
        ModelOf(run, "b").Should().BeEquivalentTo(new
        {
            Outcome = Outcome.Missing,
            Stage = Stage.Validate,
            Reason = "It had no outcome when the run closed: deadline of 2026-11-01 08:00:00 UTC passed.",
        });
        Notifier.Published<RunClosed>().Should().ContainSingle().Which.State.Should().Be(RunState.Incomplete);
    }

    [Fact]
    public async Task Looks_for_overdue_runs_by_itself()
    {
        await ConsumeAsync(Run.Started("a"));
        Notifier.Time.Advance(TimeSpan.FromHours(2));

        await Notifier.Sweep.StartAsync(default);
        await Notifier.ConsumedAsync<CloseRun>();
        await Notifier.Sweep.StopAsync(default);

        (await FindAsync()).State.Should().Be(RunState.Incomplete);
    }
}
