using Benchmark.Contracts.Registry;
using Benchmark.Scheduler;

namespace Benchmark.Cli.Runs;

/// <summary>A run that a command starts, here or on the broker, and follows.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Models">Its models; never empty.</param>
/// <param name="StartAsync">Publishes it.</param>
internal sealed record RunPlan(
    Guid RunId, IReadOnlyList<ModelDefinition> Models, Func<RunStarter, CancellationToken, Task> StartAsync);

/// <summary>What a command wants to be run, once the registry is pinned and the run has an id.</summary>
internal delegate RunPlan RunPlanner(ModelRegistry registry, Guid runId);
