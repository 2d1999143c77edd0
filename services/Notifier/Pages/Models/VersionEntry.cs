using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>A version, and what is new in it.</summary>
public sealed record VersionEntry
{
    public required int Version { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required Guid RunId { get; init; }

    /// <summary>Who requested it; null for a schedule.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    public required long Rows { get; init; }

    /// <summary>How many rows more than the version before; null where that is not kept.</summary>
    public long? RowsChange { get; init; }

    public IReadOnlyList<string> AddedColumns { get; init; } = [];

    public IReadOnlyList<string> RemovedColumns { get; init; } = [];

    /// <summary>Columns of another type than before: <c>score: integer, was number</c>.</summary>
    public IReadOnlyList<string> RetypedColumns { get; init; } = [];

    /// <summary>The worst column against the version that was served before.</summary>
    public WorstDrift? Worst { get; init; }

    /// <summary>The warnings that it was published with, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether a check failed and was overruled.</summary>
    public required bool Forced { get; init; }

    /// <summary>The version whose data was rolled back to.</summary>
    public int? RolledBackFrom { get; init; }

    /// <summary>Whether the report of its run is kept on the volume.</summary>
    public bool HasReport { get; init; }

    /// <summary>The versions that are kept, newest first, each beside the one before.</summary>
    /// <param name="manifests">Oldest first.</param>
    internal static IReadOnlyList<VersionEntry> Of(IReadOnlyList<Manifest> manifests) =>
        [.. manifests.Select((manifest, i) => Of(manifest, i == 0 ? null : manifests[i - 1])).Reverse()];

    private static VersionEntry Of(Manifest now, Manifest? before)
    {
        var known = (before ?? now).Columns.ToDictionary(column => column.Name);
        var names = now.Columns.Select(column => column.Name).ToHashSet();
        return new VersionEntry
        {
            Version = now.Version,
            PublishedAt = now.PublishedAt,
            RunId = now.RunId,
            RequestedBy = now.RequestedBy,
            Reason = now.Reason,
            Rows = now.Rows,
            RowsChange = now.Rows - before?.Rows,
            AddedColumns = [.. names.Where(name => !known.ContainsKey(name))],
            RemovedColumns = [.. known.Keys.Where(name => !names.Contains(name))],
            RetypedColumns = [.. now.Columns
                .Where(column => known.TryGetValue(column.Name, out var old) && old.Type != column.Type)
                .Select(column =>
                    $"{column.Name}: {column.Type.Word()}, was {known[column.Name].Type.Word()}")],
            Worst = now.Drift?.Worst,
            Warnings =
                [.. now.Checks.Where(check => check.Status == CheckStatus.Warn).Select(check => check.Message)],
            Forced = now.Forced is not null,
            RolledBackFrom = now.RolledBackFrom,
        };
    }
}
