using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>The bins of the columns that moved most, from the profiles of both sides.</summary>
internal static class WorstBins
{
    private const int MaxColumns = 6;

    /// <summary>The bins at the newest moment; empty where it was compared with nothing that is kept.</summary>
    public static IReadOnlyList<ColumnBins> Read(
        ModelPaths paths, IReadOnlyList<Snapshot> moments, IReadOnlyList<ColumnHistory> columns)
    {
        if (moments is not [.., { Drift: { } drift } newest])
            return [];
        var (before, now) = (paths.Version(drift.AgainstVersion).Profile, newest.Profile);
        // Retention may have removed the version meanwhile.
        if (ByName(before) is not { } expected || ByName(now) is not { } actual)
            return [];
        return [.. columns.Where(column => column.Last.Psi is not null)
            .Select(column => Of(column, drift.AgainstVersion, newest.Name, expected, actual))
            .OfType<ColumnBins>().Take(MaxColumns)];
    }

    private static ColumnBins? Of(
        ColumnHistory column, int against, string of, Dictionary<string, ColumnProfile> expected,
        Dictionary<string, ColumnProfile> actual) =>
        expected.TryGetValue(column.Column, out var before) && actual.TryGetValue(column.Column, out var now)
        && ProfileComparison.Of(before, now) is { } comparison
            ? new ColumnBins
            {
                Column = column.Column,
                Index = column.Index,
                Psi = column.Last.Psi ?? 0,
                Band = column.Last.Band ?? default,
                AgainstVersion = against,
                Of = of,
                IsExact = comparison.IsExact,
                Bins = comparison.Bins,
            }
            : null;

    private static Dictionary<string, ColumnProfile>? ByName(string path) =>
        VolumeJson.ReadIfThere<Profile>(path)?.Columns.DistinctBy(column => column.Name)
            .ToDictionary(column => column.Name);
}
