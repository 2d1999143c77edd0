using Benchmark.Contracts;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

public sealed class Following_a_run_on_sqlite() : Following_a_run(Databases.Sqlite);

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Following_a_run_on_postgresql(PostgresServer server) : Following_a_run(Databases.AddTo(server));

/// <summary>The same on every database.</summary>
public abstract class Following_a_run(Dictionary<string, string?> settings) : HeardRun(settings)
{
    [Fact]
    public async Task Waits_for_every_model_of_the_start()
    {
        await HearAsync(Run.Started("a", "b"), Run.Published("a"), Run.Staged("b"), Run.Validated("b"));

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
        await HearAsync(Run.Started("a", "b", "c", "d"));
        await HearAsync(Run.Published("a"), Run.Rejected("b"), Run.FetchFailed("c"), Run.PublishFailed("d"));

        var run = await FindAsync();
        run.Should().BeEquivalentTo(
            new { State = RunState.Completed, ClosedAt = NotifierProcess.Start, Published = 1, Rejected = 1, Failed = 2 });
        ModelOf(run, "a").Should().BeEquivalentTo(new
        {
            Stage = Stage.Publish,
            Version = 7,
            Rows = 1000L,
            Bytes = 20_000L,
            WorstDrift = new WorstDrift { Column = "score", Psi = 0.125, Band = "shifted" },
        });
        ModelOf(run, "b").Should().BeEquivalentTo(new { Stage = Stage.Validate, Outcome = Outcome.Rejected });
        var failed = Run.FetchFailed("c").Refresh;
        ModelOf(run, "c").Should().BeEquivalentTo(new { Stage = Stage.Fetch, failed.Reason, failed.Hint });
        ModelOf(run, "d").Stage.Should().Be(Stage.Publish);
        var closed = Notifier.Published<RunClosed>().Should().ContainSingle().Subject;
        closed.Should().BeEquivalentTo(new { Run.RunId, run.State, run.ClosedAt, run.Trigger, run.StartedAt });
        closed.Models.Should().BeEquivalentTo(run.Models, options => options.Excluding(model => model.Name), "it tells what the database holds");
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

        await HearAsync(twiceInAnyOrder);

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = RunState.Completed, Trigger = RunTrigger.Schedule, Published = 1, Rejected = 1, Failed = 1 });
        run.Models.Should().HaveCount(3);
        ModelOf(run, "a").Should().BeEquivalentTo(new { Stage = Stage.Publish, Version = 7 });
        Notifier.Published<RunClosed>().Should().ContainSingle();
        (await Notifier.Runs.DeliveriesAsync(Run.RunId)).Should().ContainSingle();
    }

    [Fact]
    public async Task Closes_with_the_start_when_everything_was_heard_before_it()
    {
        await HearAsync(Run.Published("a"));
        Notifier.Published<RunClosed>().Should().BeEmpty();

        await HearAsync(Run.Started("a"));

        (await FindAsync()).State.Should().Be(RunState.Completed);
        Notifier.Published<RunClosed>().Should().ContainSingle();
    }

    [Fact]
    public async Task Records_models_that_are_not_expected_without_waiting_for_them()
    {
        await HearAsync(Run.Started("a"), Run.Staged("stranger"), Run.Published("a"));

        var run = await FindAsync();
        run.State.Should().Be(RunState.Completed);
        ModelOf(run, "stranger").Should().BeEquivalentTo(new { Outcome = (Outcome?)null, Stage = Stage.Validate });
    }

    [Fact]
    public async Task Keeps_the_first_word_of_a_service()
    {
        await HearAsync(Run.Started("a", "b"), Run.Rejected("a"), Run.Published("a"));

        ModelOf(await FindAsync(), "a").Should().BeEquivalentTo(new { Outcome = Outcome.Rejected, Version = (int?)null });
    }

    [Fact]
    public async Task Closes_a_run_at_its_deadline_with_the_unheard_of_missing()
    {
        await HearAsync(Run.Started("a", "b"), Run.Published("a"), Run.Staged("b"));
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
            Reason = "Nothing was heard of its end: deadline of 2026-11-01 08:00:00 UTC passed.",
        });
        Notifier.Published<RunClosed>().Should().ContainSingle().Which.State.Should().Be(RunState.Incomplete);
    }

    [Fact]
    public async Task Says_that_the_run_is_closed_although_the_broker_did_not_take_it_the_first_time()
    {
        Notifier.Bus.Bus.ConnectPublishObserver(new LostOnce());

        await HearAsync(Run.Started("a"), Run.Published("a"));

        Notifier.Published<RunClosed>().Should().ContainSingle().Which.Models.Should().ContainSingle();
        (await Notifier.Runs.DeliveriesAsync(Run.RunId)).Should().ContainSingle();
    }

    [Fact]
    public async Task Closes_a_run_whose_start_never_came()
    {
        await HearAsync(Run.Published("a"), Run.Staged("b"));
        Notifier.Time.Advance(TimeSpan.FromHours(6));

        await SweepUntilClosedAsync();

        (await FindAsync()).Should().BeEquivalentTo(new { State = RunState.Incomplete, Published = 1, Missing = 1 });
    }

    [Fact]
    public async Task Lets_a_late_outcome_replace_missing_without_a_second_report()
    {
        await HearAsync(Run.Started("a", "b"), Run.Published("a"), Run.Close(), Run.Published("b"));

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = RunState.Incomplete, Published = 2, Missing = 0 });
        Notifier.Published<RunClosed>().Should().ContainSingle();
        (await Notifier.Runs.DeliveriesAsync(Run.RunId)).Should().ContainSingle();
        Notifier.Log.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("had closed when Benchmark.Contracts.ModelPublished of value_stream_1/b came"));
    }

    [Fact]
    public async Task Leaves_missing_what_is_merely_on_its_way_after_the_close()
    {
        await HearAsync(Run.Started("a"), Run.Close(), Run.Staged("a"), Run.Validated("a"));

        ModelOf(await FindAsync(), "a").Should().BeEquivalentTo(new { Outcome = Outcome.Missing, Stage = Stage.Fetch });
    }

    [Fact]
    public async Task Takes_a_start_that_comes_after_the_close()
    {
        await HearAsync(Run.Published("a"), Run.Close(), Run.Started("a", "b"), Run.Started("a", "b"));

        (await FindAsync()).Should().BeEquivalentTo(
            new { State = RunState.Incomplete, Trigger = RunTrigger.Schedule, Published = 1, Missing = 1 });
        Notifier.Published<RunClosed>().Should().ContainSingle();
    }

    [Fact]
    public async Task Ignores_a_close_of_a_run_that_nobody_knows()
    {
        await HearAsync(Run.Close());

        (await Notifier.Runs.ListAsync(10)).Should().BeEmpty();
        Notifier.Log.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("nothing has been heard"));
    }

    [Fact]
    public async Task Ignores_a_second_close()
    {
        await HearAsync(Run.Started("a"), Run.Close("first"), Run.Close("second"));

        ModelOf(await FindAsync(), "a").Reason.Should().Contain("first");
        Notifier.Published<RunClosed>().Should().ContainSingle();
    }

    [Fact]
    public async Task Looks_for_overdue_runs_by_itself()
    {
        await HearAsync(Run.Started("a"));
        Notifier.Time.Advance(TimeSpan.FromHours(2));

        await Notifier.Sweep.StartAsync(default);
        await Notifier.HeardAsync<CloseRun>();
        await Notifier.Sweep.StopAsync(default);

        (await FindAsync()).State.Should().Be(RunState.Incomplete);
    }

    /// <summary>A broker that is away when the run closes, and back a moment later.</summary>
    private sealed class LostOnce : IPublishObserver
    {
        private bool _lost;

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class
        {
            if (_lost || context.Message is not RunClosed)
                return Task.CompletedTask;
            _lost = true;
            throw new TimeoutException("The broker did not take it.");
        }

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
