using Benchmark.Cli.Runs;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

namespace Benchmark.Cli.Versions;

/// <summary>A run of one model in which only the Publisher has something to do.</summary>
internal static class PublisherRun
{
    public const string Wait = "With a broker: wait for the run to close. Without one, the command always waits.";

    /// <summary>Starts it, here or on the broker, and follows it as a refresh.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="model">The model.</param>
    /// <param name="trigger">What is asked for.</param>
    /// <param name="reason">Why.</param>
    /// <param name="wait">Whether to follow it on a broker.</param>
    /// <param name="act">The message to the Publisher, of this run and this person.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<int> RunAsync<T>(
        Invocation invocation, ModelDefinition model, RunTrigger trigger, string reason, bool wait,
        Func<Guid, string, T> act, CancellationToken ct)
        where T : class
    {
        if (invocation.HasBroker)
            return await BrokerRun.StartAsync(invocation, Plan, wait, ct);
        var result = await LocalRun.RunAsync(invocation, Plan, ct);
        RunResultView.Show(invocation, result);
        return result.ExitCode;

        RunPlan Plan(ModelRegistry registry, Guid runId)
        {
            var now = TimeProvider.System.GetUtcNow();
            var started = new RefreshRunStarted
            {
                RunId = runId,
                Trigger = trigger,
                RequestedBy = Environment.UserName,
                Reason = reason,
                StartedAt = now,
                Deadline = now + model.RunDeadline,
                RegistrySha256 = registry.Sha256,
                Models = [model.Name],
            };
            var message = act(runId, Environment.UserName);
            return new RunPlan(runId, [model], (starter, token) => starter.StartAsync(started, message, token));
        }
    }
}
