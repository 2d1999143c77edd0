using Benchmark.Contracts;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

public sealed class Hearing_of_faults_on_sqlite() : Hearing_of_faults(Databases.Sqlite);

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Hearing_of_faults_on_postgresql(PostgresServer server) : Hearing_of_faults(Databases.AddTo(server));

/// <summary>What MassTransit publishes when a service has given up; the same on every database.</summary>
public abstract class Hearing_of_faults(Dictionary<string, string?> settings) : HeardRun(settings)
{
    [Fact]
    public async Task Counts_a_fault_as_failed_and_says_where_the_message_waits()
    {
        await HearAsync(Run.Started("a", "b", "c"));
        await Notifier.HearFaultAsync(Run.Request("a"), "Connection refused");
        await Notifier.HearFaultAsync(Run.Staged("b"), "No space left on device");
        await Notifier.HearFaultAsync(Run.Validated("c"), "Stale file handle");

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = RunState.Completed, Failed = 3 });
        ModelOf(run, "a").Should().BeEquivalentTo(new { Stage = Stage.Fetch, Reason = "Connection refused" });
        ModelOf(run, "b").Should().BeEquivalentTo(new { Stage = Stage.Validate, Reason = "No space left on device" });
        ModelOf(run, "c").Should().BeEquivalentTo(new { Stage = Stage.Publish, Reason = "Stale file handle" });
        ModelOf(run, "b").Hint.Should().Contain("validator_error");
    }

    [Fact]
    public async Task Lets_the_word_of_a_replayed_service_replace_a_fault_even_after_the_close()
    {
        await HearAsync(Run.Started("a", "b"));
        await Notifier.HearFaultAsync(Run.Validated("a"), "Stale file handle");
        await Notifier.HearFaultAsync(Run.Staged("b"), "No space left on device");

        await HearAsync(Run.Published("a"), Run.Rejected("b"));

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = RunState.Completed, Published = 1, Rejected = 1, Failed = 0 });
        ModelOf(run, "a").Reason.Should().BeNull();
        Notifier.Published<RunClosed>().Should().ContainSingle();
    }

    [Fact]
    public async Task Does_not_let_a_fault_replace_the_word_of_a_service()
    {
        await HearAsync(Run.Started("a", "b"), Run.Published("a"));

        await Notifier.HearFaultAsync(Run.Request("a"), "Connection refused");

        ModelOf(await FindAsync(), "a").Outcome.Should().Be(Outcome.Published);
    }

    [Fact]
    public async Task Closes_a_run_of_a_single_model_by_the_fault_of_the_request_that_opened_it()
    {
        await HearAsync(Run.Started("a"));

        await Notifier.HearFaultAsync(new RefreshModel { ValueStream = Events.Stream, Model = "a" }, Run.RunId, "Read-only file system");

        var run = await FindAsync();
        run.State.Should().Be(RunState.Completed);
        ModelOf(run, "a").Should().BeEquivalentTo(new { Outcome = Outcome.Failed, Reason = "Read-only file system" });
    }

    [Fact]
    public async Task Ignores_the_fault_of_a_request_that_has_not_opened_a_run()
    {
        await Notifier.HearFaultAsync(
            new RefreshModel { ValueStream = Events.Stream, Model = "a" }, messageId: null, "Connection refused");

        (await Notifier.Runs.ListAsync(10)).Should().BeEmpty();
        Notifier.Log.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("value_stream_1/a without a run"));
    }
}
