using Benchmark.Contracts.Volume;

namespace Benchmark.Notifier.Reports;

/// <summary>What a report says about a model beyond what its events say.</summary>
public sealed record ModelFacts
{
    /// <summary>The checks of the published or rejected data, failed ones first; empty when not known.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>The drift of every column; null when not known.</summary>
    public DriftSummary? Drift { get; init; }

    /// <summary>Whether a version is served; null when the volume is not mounted.</summary>
    public bool? Served { get; init; }

    /// <summary>
    /// The directory of the data that this run rejected; null when the model's directory is not known.
    /// </summary>
    public string? RejectedIn { get; init; }

    /// <summary>Whom to ask about the model; null when the registry names no owner.</summary>
    public string? Owner { get; init; }
}
