using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Notifier.Reports;

/// <summary>What a report says about a model beyond what its events say.</summary>
public sealed record ModelFacts
{
    /// <summary>The checks of the published or rejected data, failed ones first; empty when not known.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>The drift of every column; null when not known.</summary>
    public DriftSummary? Drift { get; init; }

    /// <summary>The drift of earlier versions, oldest first; empty when not known.</summary>
    public IReadOnlyList<EarlierDrift> Earlier { get; init; } = [];

    /// <summary>Whether a version is served; null when the volume is not mounted.</summary>
    public bool? Served { get; init; }

    /// <summary>The version that is served; null when none is, or it is not known.</summary>
    public ServedVersion? ServedNow { get; init; }

    /// <summary>
    /// The directory of the data that this run rejected; null when the model's directory is not known.
    /// </summary>
    public string? RejectedIn { get; init; }

    /// <summary>The model in the registry; null when it is not there, or there is no registry.</summary>
    public ModelDefinition? Definition { get; init; }

    /// <summary>Whom to ask about the model; null when the registry names no owner.</summary>
    public string? Owner { get; init; }
}

/// <summary>A version that is served.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Rows">Its rows without the header.</param>
/// <param name="RefreshedAt">When the source last gave exactly this data.</param>
public sealed record ServedVersion(int Version, long Rows, DateTimeOffset RefreshedAt);

/// <summary>How far the columns of an earlier version had drifted when it was published.</summary>
/// <param name="Version">The version.</param>
/// <param name="Drift">Its drift; null of a first version.</param>
public sealed record EarlierDrift(int Version, DriftSummary? Drift)
{
    /// <summary>The PSI of a column against the version before; null when it was not compared.</summary>
    public double? PsiOf(string column) => Drift?.Columns.FirstOrDefault(drift => drift.Column == column)?.Psi;

    /// <summary>The PSI of a column since the anchor, where it was the worst; null otherwise.</summary>
    public double? SinceAnchorOf(string column) =>
        Drift?.WorstSinceAnchor is { } worst && worst.Column == column ? worst.Psi : null;
}
