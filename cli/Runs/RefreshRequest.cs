using Benchmark.Cli.Models;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

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
    /// <exception cref="UsageException">A selector matches nothing, or nothing but suspended models.</exception>
    public IReadOnlyList<ModelDefinition> Select(ModelRegistry registry)
    {
        var now = TimeProvider.System.GetUtcNow();
        var selected = ModelSelector.Select(registry, Models);
        var awake = ModelSelector.Awake(selected, Models, now);
        return awake.Count > 0 || selected.Count == 0 ? awake : throw new UsageException(
            string.Join(Environment.NewLine, selected.Select(model => $"{model.Name} is {model.SuspendedAt(now)}.")
                .Append("A suspended model is refreshed only by its exact name: value_stream/model.")));
    }

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
