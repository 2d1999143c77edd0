using Benchmark.Contracts.Volume;

namespace Benchmark.Notifier.Reports;

/// <summary>What a report tells of a model and no event has told.</summary>
public sealed record ModelFacts
{
    /// <summary>The checks of what was published or rejected, failed ones first; empty when not known.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>Drift of every column, where it is known.</summary>
    public DriftSummary? Drift { get; init; }

    /// <summary>Whether readers have a version; null when the volume cannot be seen.</summary>
    public bool? Served { get; init; }

    /// <summary>The directory of what this run rejected; null when nobody knows where the model lies.</summary>
    public string? RejectedIn { get; init; }

    /// <summary>Whom to ask about the model; null when the registry names nobody.</summary>
    public string? Owner { get; init; }
}
