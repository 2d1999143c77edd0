using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Scheduler;

namespace Benchmark.Cli.Runs;

/// <summary>A person's request for a refresh.</summary>
internal sealed record RefreshRequest
{
    /// <summary>The models as typed; empty means all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Overrides failed checks against the published version.</summary>
    public bool Force { get; init; }

    public static RefreshRequest Everything(string reason) => new() { Reason = reason };

    /// <summary>The definitions of the requested models.</summary>
    /// <exception cref="UsageException">A name is not in the registry; the message lists each, with the nearest
    /// known names.</exception>
    public IReadOnlyList<ModelDefinition> Select(ModelRegistry registry)
    {
        if (Models.Count == 0)
            return registry.Models;

        var known = registry.Models.Select(model => model.Name.ToString()).ToList();
        var unknown = Models.Except(known).ToList();
        if (unknown.Count > 0)
            throw new UsageException(string.Join(Environment.NewLine, unknown.Select(name => Unknown(name, known))));
        return [.. registry.Models.Where(model => Models.Contains(model.Name.ToString()))];
    }

    /// <summary>A new run of these models.</summary>
    /// <exception cref="UsageException">A name is not in the registry.</exception>
    public RunRequest ToRun(ModelRegistry registry) => new()
    {
        RunId = Guid.CreateVersion7(),
        Trigger = RunTrigger.Operator,
        RequestedBy = Environment.UserName,
        Reason = Reason,
        Force = Force,
        Models = Select(registry),
    };

    private static string Unknown(string name, IReadOnlyList<string> known)
    {
        var nearest = Nearest.To(name, known, count: 3);
        var hint = nearest.Count > 0
            ? $"Did you mean {string.Join(" or ", nearest)}?"
            : $"Known are {string.Join(", ", known.Take(10))}{(known.Count > 10 ? ", …" : "")}.";
        return $"No model '{name}' in the registry. {hint} See: benchmark models.";
    }
}
