using Benchmark.Contracts;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

public sealed class Following_a_run_on_sqlite() : Following_a_run(Databases.Sqlite);

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Following_a_run_on_postgresql(PostgresServer server) : Following_a_run(Databases.AddTo(server));

/// <summary>The same on every database.</summary>
public abstract class Following_a_run(Dictionary<string, string?> settings) : IAsyncLifetime
{
    private readonly TempVolume _volume = new();
    private readonly Events _run = new();
    private NotifierProcess _notifier = null!;

    public async Task InitializeAsync() => _notifier = await NotifierProcess.StartAsync(_volume, settings: settings);

    public async Task DisposeAsync()
    {
        await _notifier.DisposeAsync();
        _volume.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Waits_for_every_model_of_the_start()
    {
        await HearAsync(_run.Started("a", "b"), _run.Published("a"), _run.Staged("b"), _run.Validated("b"));

        var run = await FindAsync();
        run.State.Should().Be("running");
        run.ClosedAt.Should().BeNull();
        run.Trigger.Should().Be("schedule");
        ModelOf(run, "a").Outcome.Should().Be(Outcome.Published);
        ModelOf(run, "b").Should().BeEquivalentTo(
            new { Outcome = (Outcome?)null, Stage = "publish", Rows = 1000L, Bytes = 20_000L });
        _notifier.Published<RunClosed>().Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task Closes_when_the_last_model_has_an_outcome()
    {
        await HearAsync(_run.Started("a", "b", "c", "d"));
        await HearAsync(_run.Published("a"), _run.Rejected("b"), _run.FetchFailed("c"), _run.PublishFailed("d"));

        var run = await FindAsync();
        run.Should().BeEquivalentTo(
            new { State = "completed", ClosedAt = NotifierProcess.Start, Published = 1, Rejected = 1, Failed = 2 });
        ModelOf(run, "a").Should().BeEquivalentTo(new
        {
            Stage = "publish",
            Version = 7,
            Rows = 1000L,
            Bytes = 20_000L,
            WorstDrift = new WorstDrift { Column = "score", Psi = 0.125, Band = "shifted" },
        });
        ModelOf(run, "b").Should().BeEquivalentTo(new { Stage = "validate", Outcome = Outcome.Rejected });
        var failed = _run.FetchFailed("c");
        ModelOf(run, "c").Should().BeEquivalentTo(new { Stage = "fetch", failed.Reason, failed.Hint });
        ModelOf(run, "d").Stage.Should().Be("publish");
        var closed = _notifier.Published<RunClosed>().Should().ContainSingle().Subject;
        closed.Should().BeEquivalentTo(new { _run.RunId, run.State, run.ClosedAt, run.Trigger, run.StartedAt });
        closed.Models.Should().BeEquivalentTo(run.Models, options => options.Excluding(model => model.Name), "it tells what the database holds");
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Ends_in_the_same_place_whatever_the_order_and_however_often(int seed)
    {
        object[] events =
        [
            _run.Started("a", "b", "c"),
            _run.Staged("a"), _run.Validated("a"), _run.Published("a"),
            _run.Staged("b"), _run.Rejected("b"),
            _run.FetchFailed("c"),
        ];
        object[] twiceInAnyOrder = [.. events, .. events];
        new Random(seed).Shuffle(twiceInAnyOrder);

        await HearAsync(twiceInAnyOrder);

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = "completed", Trigger = "schedule", Published = 1, Rejected = 1, Failed = 1 });
        run.Models.Should().HaveCount(3);
        ModelOf(run, "a").Should().BeEquivalentTo(new { Stage = "publish", Version = 7 });
        _notifier.Published<RunClosed>().Should().ContainSingle();
        (await _notifier.Runs.DeliveriesAsync(_run.RunId)).Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task Closes_with_the_start_when_everything_was_heard_before_it()
    {
        await HearAsync(_run.Published("a"));
        _notifier.Published<RunClosed>().Should().BeEmpty();

        await HearAsync(_run.Started("a"));

        (await FindAsync()).State.Should().Be("completed");
        _notifier.Published<RunClosed>().Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task Records_models_that_are_not_expected_without_waiting_for_them()
    {
        await HearAsync(_run.Started("a"), _run.Staged("stranger"), _run.Published("a"));

        var run = await FindAsync();
        run.State.Should().Be("completed");
        ModelOf(run, "stranger").Should().BeEquivalentTo(new { Outcome = (Outcome?)null, Stage = "validate" });
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_the_first_word_of_a_service()
    {
        await HearAsync(_run.Started("a", "b"), _run.Rejected("a"), _run.Published("a"));

        ModelOf(await FindAsync(), "a").Should().BeEquivalentTo(new { Outcome = Outcome.Rejected, Version = (int?)null });
    }

    [Fact(Timeout = 60_000)]
    public async Task Closes_a_run_at_its_deadline_with_the_unheard_of_missing()
    {
        await HearAsync(_run.Started("a", "b"), _run.Published("a"), _run.Staged("b"));
        _notifier.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        await _notifier.Sweep.SweepNowAsync();
        _notifier.Published<CloseRun>().Should().BeEmpty("it is not due yet");

        _notifier.Time.Advance(TimeSpan.FromTicks(1));
        await SweepUntilClosedAsync();

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = "incomplete", Published = 1, Missing = 1 });
        ModelOf(run, "b").Should().BeEquivalentTo(new
        {
            Outcome = Outcome.Missing,
            Stage = "validate",
            Reason = "Nothing was heard of its end: deadline of 2026-11-01 08:00:00 UTC passed.",
        });
        _notifier.Published<RunClosed>().Should().ContainSingle().Which.State.Should().Be("incomplete");
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_that_the_run_is_closed_although_the_broker_did_not_take_it_the_first_time()
    {
        _notifier.Bus.Bus.ConnectPublishObserver(new LostOnce());

        await HearAsync(_run.Started("a"), _run.Published("a"));

        _notifier.Published<RunClosed>().Should().ContainSingle().Which.Models.Should().ContainSingle();
        (await _notifier.Runs.DeliveriesAsync(_run.RunId)).Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task Closes_a_run_whose_start_never_came()
    {
        await HearAsync(_run.Published("a"), _run.Staged("b"));
        _notifier.Time.Advance(TimeSpan.FromHours(6));

        await SweepUntilClosedAsync();

        (await FindAsync()).Should().BeEquivalentTo(new { State = "incomplete", Published = 1, Missing = 1 });
    }

    [Fact(Timeout = 60_000)]
    public async Task Lets_a_late_outcome_replace_missing_without_a_second_report()
    {
        await HearAsync(_run.Started("a", "b"), _run.Published("a"), _run.Close(), _run.Published("b"));

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = "incomplete", Published = 2, Missing = 0 });
        _notifier.Published<RunClosed>().Should().ContainSingle();
        (await _notifier.Runs.DeliveriesAsync(_run.RunId)).Should().ContainSingle();
        _notifier.Errors.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("had closed when"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Leaves_missing_what_is_merely_on_its_way_after_the_close()
    {
        await HearAsync(_run.Started("a"), _run.Close(), _run.Staged("a"), _run.Validated("a"));

        ModelOf(await FindAsync(), "a").Should().BeEquivalentTo(new { Outcome = Outcome.Missing, Stage = "fetch" });
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_a_start_that_comes_after_the_close()
    {
        await HearAsync(_run.Published("a"), _run.Close(), _run.Started("a", "b"), _run.Started("a", "b"));

        (await FindAsync()).Should().BeEquivalentTo(
            new { State = "incomplete", Trigger = "schedule", Published = 1, Missing = 1 });
        _notifier.Published<RunClosed>().Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task Counts_a_fault_as_failed_and_says_where_the_message_waits()
    {
        await HearAsync(_run.Started("a", "b", "c"));
        await _notifier.HearFaultAsync(_run.Request("a"), "Connection refused");
        await _notifier.HearFaultAsync(_run.Staged("b"), "No space left on device");
        await _notifier.HearFaultAsync(_run.Validated("c"), "Stale file handle");

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = "completed", Failed = 3 });
        ModelOf(run, "a").Should().BeEquivalentTo(new { Stage = "fetch", Reason = "Connection refused" });
        ModelOf(run, "b").Should().BeEquivalentTo(new { Stage = "validate", Reason = "No space left on device" });
        ModelOf(run, "c").Should().BeEquivalentTo(new { Stage = "publish", Reason = "Stale file handle" });
        ModelOf(run, "b").Hint.Should().Contain("validator_error");
    }

    [Fact(Timeout = 60_000)]
    public async Task Lets_the_word_of_a_replayed_service_replace_a_fault_even_after_the_close()
    {
        await HearAsync(_run.Started("a", "b"));
        await _notifier.HearFaultAsync(_run.Validated("a"), "Stale file handle");
        await _notifier.HearFaultAsync(_run.Staged("b"), "No space left on device");

        await HearAsync(_run.Published("a"), _run.Rejected("b"));

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = "completed", Published = 1, Rejected = 1, Failed = 0 });
        ModelOf(run, "a").Reason.Should().BeNull();
        _notifier.Published<RunClosed>().Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task Does_not_let_a_fault_replace_the_word_of_a_service()
    {
        await HearAsync(_run.Started("a", "b"), _run.Published("a"));

        await _notifier.HearFaultAsync(_run.Request("a"), "Connection refused");

        ModelOf(await FindAsync(), "a").Outcome.Should().Be(Outcome.Published);
    }

    [Fact(Timeout = 60_000)]
    public async Task Closes_a_run_of_one_by_the_fault_of_the_request_that_opened_it()
    {
        await HearAsync(_run.Started("a"));

        await _notifier.HearFaultAsync(new RefreshModel { ValueStream = Events.Stream, Model = "a" }, _run.RunId, "Read-only file system");

        var run = await FindAsync();
        run.State.Should().Be("completed");
        ModelOf(run, "a").Should().BeEquivalentTo(new { Outcome = Outcome.Failed, Reason = "Read-only file system" });
    }

    [Fact(Timeout = 60_000)]
    public async Task Ignores_the_fault_of_a_request_that_has_not_opened_a_run()
    {
        await _notifier.HearFaultAsync(
            new RefreshModel { ValueStream = Events.Stream, Model = "a" }, messageId: null, "Connection refused");

        (await _notifier.Runs.ListAsync(10)).Should().BeEmpty();
        _notifier.Errors.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("value_stream_1/a without a run"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Ignores_a_close_of_a_run_that_nobody_knows()
    {
        await HearAsync(_run.Close());

        (await _notifier.Runs.ListAsync(10)).Should().BeEmpty();
        _notifier.Errors.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("nothing has been heard"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Ignores_a_second_close()
    {
        await HearAsync(_run.Started("a"), _run.Close("first"), _run.Close("second"));

        ModelOf(await FindAsync(), "a").Reason.Should().Contain("first");
        _notifier.Published<RunClosed>().Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task Looks_for_overdue_runs_by_itself()
    {
        await HearAsync(_run.Started("a"));
        _notifier.Time.Advance(TimeSpan.FromHours(2));

        await _notifier.Sweep.StartAsync(default);
        await _notifier.HeardAsync<CloseRun>();
        await _notifier.Sweep.StopAsync(default);

        (await FindAsync()).State.Should().Be("incomplete");
    }

    private async Task HearAsync(params object[] events)
    {
        foreach (var @event in events)
            await _notifier.HearAsync(@event);
    }

    private async Task SweepUntilClosedAsync()
    {
        await _notifier.Sweep.SweepNowAsync();
        await _notifier.HeardAsync<CloseRun>();
    }

    private async Task<RunSummary> FindAsync() =>
        await _notifier.Runs.FindAsync(_run.RunId) ?? throw new InvalidOperationException("The run is not known.");

    private static ModelSummary ModelOf(RunSummary run, string model) => run.Models.Single(m => m.Model == model);

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
