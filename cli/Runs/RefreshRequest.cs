using Benchmark.Cli.Models;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Scheduler;

namespace Benchmark.Cli.Runs;

/// <summary>A person's request for a refresh.</summary>
internal sealed record RefreshRequest
{
    /// <summary>Selectors as typed; empty means all models.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Overrides failed checks against the published version.</summary>
    public bool Force { get; init; }

    public static RefreshRequest Everything(string reason) => new() { Reason = reason };

    /// <summary>The definitions of the requested models.</summary>
    /// <exception cref="UsageException">A selector matches nothing.</exception>
    public IReadOnlyList<ModelDefinition> Select(ModelRegistry registry) => ModelSelector.Select(registry, Models);

    /// <summary>A run of these models.</summary>
    /// <exception cref="UsageException">A selector matches nothing.</exception>
    public RunPlan Plan(ModelRegistry registry, Guid runId)
    {
        var run = new RunRequest
        {
            RunId = runId,
            Trigger = RunTrigger.Operator,
            RequestedBy = Environment.UserName,
            Reason = Reason,
            Force = Force,
            Models = Select(registry),
        };
        return new RunPlan(runId, run.Models, (starter, ct) => starter.StartAsync(registry, run, ct));
    }
}
