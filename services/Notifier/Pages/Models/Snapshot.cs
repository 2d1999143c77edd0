using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>The data of a model at a moment: a version, or what was rejected after the newest one.</summary>
internal sealed record Snapshot
{
    /// <summary>The version; null for rejected data.</summary>
    public int? Version { get; init; }

    public required Guid RunId { get; init; }

    /// <summary>When it was published or rejected.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Its rows; null where that is not known.</summary>
    public long? Rows { get; init; }

    public IReadOnlyList<ColumnFacts> Columns { get; init; } = [];

    /// <summary>What was checked of it, failed checks first.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    public DriftSummary? Drift { get; init; }

    /// <summary>Where the profile of it is.</summary>
    public required string Profile { get; init; }

    /// <summary>As people call it: <c>version 7</c>, <c>the rejected data</c>.</summary>
    public string Name => Version is { } version ? $"version {version}" : "the rejected data";

    public static Snapshot Of(Manifest manifest, ModelPaths paths) => new()
    {
        Version = manifest.Version,
        RunId = manifest.RunId,
        At = manifest.PublishedAt,
        Rows = manifest.Rows,
        Columns = manifest.Columns,
        Checks = FailedFirst(manifest.Checks),
        Drift = manifest.Drift,
        Profile = paths.Version(manifest.Version).Profile,
    };

    public static Snapshot Of(Guid runId, StagedPaths rejected, ValidationReport report, StagedFacts? staged) => new()
    {
        RunId = runId,
        At = report.CheckedAt,
        Rows = staged?.Rows,
        Columns = staged?.Columns ?? [],
        Checks = FailedFirst(report.Checks),
        Drift = report.Drift,
        Profile = rejected.Profile,
    };

    private static IReadOnlyList<CheckResult> FailedFirst(IReadOnlyList<CheckResult> checks) =>
        [.. checks.OrderByDescending(check => check.Status)];
}
