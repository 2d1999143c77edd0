using Benchmark.Contracts;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

public sealed class Hearing_of_faults_on_sqlite() : Consuming_faults(Databases.Sqlite);

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Hearing_of_faults_on_postgresql(PostgresServer server) : Consuming_faults(Databases.AddTo(server));

/// <summary>What MassTransit publishes when a service has given up; the same on every database.</summary>
public abstract class Consuming_faults(Dictionary<string, string?> settings) : RunFixture(settings)
{
    [Fact]
    public async Task Counts_a_fault_as_failed_and_says_where_the_message_waits()
    {
        await ConsumeAsync(Run.Started("a", "b", "c"));
        await Notifier.ConsumeFaultAsync(Run.Request("a"), "Connection refused");
        await Notifier.ConsumeFaultAsync(Run.Staged("b"), "No space left on device");
        await Notifier.ConsumeFaultAsync(Run.Validated("c"), "Stale file handle");

        var run = await FindAsync();
        run.Should().BeEquivalentTo(new { State = RunState.Completed, Failed = 3 });
        ModelOf(run, "a").Should().BeEquivalentTo(new { Stage = Stage.Fetch, Reason = "Connection refused" });
        ModelOf(run, "b").Should().BeEquivalentTo(new { Stage = Stage.Validate, Reason = "No space left on device" });
        ModelOf(run, "c").Should().BeEquivalentTo(new { Stage = Stage.Publish, Reason = "Stale file handle" });
        ModelOf(run, "b").Hint.Should().Contain("validator_error");
    }

    [Fact]
    public async Task Ignores_the_fault_of_a_request_that_has_not_opened_a_run()
    {
        await Notifier.ConsumeFaultAsync(
            new RefreshModel { ValueStream = Events.Stream, Model = "a" }, messageId: null, "Connection refused");

        (await Notifier.Runs.ListAsync(10)).Should().BeEmpty();
        Notifier.Log.Of(LogLevel.Warning)
            .Should().ContainSingle(line => line.Contains("value_stream_1/a without a run"));
    }
}
