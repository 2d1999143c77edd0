using System.Data.Common;
using Benchmark.Cli.Runs;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Versions;

/// <summary>All that is known of a model's versions and of the refreshes between them, newest first.</summary>
/// <param name="Entries">The versions and refreshes.</param>
/// <param name="RunsUnknown">Why refreshes without a version are not among them; null when they are.</param>
internal sealed record ModelChronicle(IReadOnlyList<HistoryEntry> Entries, string? RunsUnknown)
{
    /// <summary>How many refreshes are looked through: years of daily ones.</summary>
    public const int MostRefreshes = 5_000;

    /// <exception cref="IOException">The volume cannot be read.</exception>
    public static async Task<ModelChronicle> ReadAsync(
        Invocation invocation, ModelKey name, CancellationToken ct)
    {
        var paths = invocation.Volume.Model(name);
        var (refreshes, unknown) = await RefreshesAsync(invocation, name, ct);
        var manifests = PublishedVersions.Manifests(paths);
        var served = ServedVersion.NumberOf(paths);
        var there = PublishedVersions.All(paths);
        Warn(invocation.Terminal, paths, there, manifests, served);
        if (unknown is null && manifests.Count > 0 && refreshes.Count == 0)
            unknown = "the run database knows no refresh of it. Name the Notifier's with --state (BENCHMARK_STATE) or "
                + "--database (BENCHMARK_DATABASE)";
        var versions = manifests.Select(manifest => Of(manifest, paths) with
        {
            UnchangedRefreshes = unknown is null ? Unchanged(refreshes, manifest.Version) : null,
            Trigger = refreshes.FirstOrDefault(refresh => refresh.RunId == manifest.RunId)?.Trigger,
            Served = manifest.Version == served,
        });
        var known = manifests.Select(manifest => manifest.RunId).ToHashSet();
        var others = refreshes
            .Where(refresh => refresh.Refresh.Outcome is not Outcome.Unchanged && !known.Contains(refresh.RunId))
            .Select(refresh => Of(refresh, paths, there) with
            {
                Served = refresh.Refresh.Outcome == Outcome.Published && refresh.Refresh.Version == served,
                UnchangedRefreshes = refresh.Refresh.Outcome == Outcome.Published
                    ? Unchanged(refreshes, refresh.Refresh.Version) : null,
            });
        return new ModelChronicle([.. versions.Concat(others).OrderByDescending(entry => entry.At)], unknown);
    }

    private static void Warn(
        Terminal terminal, ModelPaths paths, IReadOnlyList<int> there, IReadOnlyList<Manifest> manifests, int? served)
    {
        foreach (var damaged in there.Except(manifests.Select(manifest => manifest.Version)))
            terminal.Note(
                $"The manifest of version {damaged}{(damaged == served ? ", which is served," : "")} is damaged or "
                + $"gone: {paths.Version(damaged).Manifest}");
        if (served is { } version && !there.Contains(version))
            terminal.Note(
                $"Version {version}, which is served, is not on the volume any more: somebody removed "
                + $"{paths.Version(version).Directory}. Restore it from a backup, or refresh the model.");
    }

    // What is on the volume is as true without a run database.
    private static async Task<(IReadOnlyList<LatestRefresh> Refreshes, string? Unknown)> RefreshesAsync(
        Invocation invocation, ModelKey name, CancellationToken ct)
    {
        try
        {
            return (await RunHistory.Open(invocation).OfModelAsync(name, MostRefreshes, ct), null);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            return ([], e.Message.TrimEnd('.'));
        }
    }

    private static int Unchanged(IReadOnlyList<LatestRefresh> refreshes, int? version) =>
        refreshes.Count(refresh => refresh.Refresh.Outcome == Outcome.Unchanged && refresh.Refresh.Version == version);

    private static HistoryEntry Of(Manifest manifest, ModelPaths paths) => new()
    {
        At = manifest.PublishedAt,
        Outcome = Outcome.Published,
        Version = manifest.Version,
        Rows = manifest.Rows,
        RunId = manifest.RunId,
        RequestedBy = manifest.RequestedBy,
        Reason = manifest.Reason,
        WorstDrift = manifest.Drift?.Worst,
        Kept = true,
        Pinned = VersionPin.Of(paths.Version(manifest.Version)),
        Forced = manifest.Forced,
        RolledBackFrom = manifest.RolledBackFrom,
        AcceptedFrom = manifest.AcceptedFrom,
    };

    private static HistoryEntry Of(LatestRefresh ended, ModelPaths paths, IReadOnlyList<int> versions) => new()
    {
        At = ended.EndedAt,
        Outcome = ended.Refresh.Outcome!.Value,
        // Of a refresh that was superseded, it is the version that was served instead.
        Version = ended.Refresh.Outcome == Outcome.Published ? ended.Refresh.Version : null,
        Rows = ended.Refresh.Rows,
        RunId = ended.RunId,
        Trigger = ended.Trigger,
        RequestedBy = ended.RequestedBy,
        Reason = ended.Reason,
        WorstDrift = ended.Refresh.WorstDrift,
        Kept = ended.Refresh.Outcome switch
        {
            Outcome.Rejected => Posix.Exists(paths.Rejected(ended.RunId).Report),
            Outcome.Published => ended.Refresh.Version is { } version && versions.Contains(version),
            _ => false,
        },
        RolledBackFrom = ended.Refresh.IsRefreshed ? ended.Refresh.RolledBackTo : null,
        AcceptedFrom = ended.Refresh.IsRefreshed ? ended.Refresh.AcceptedFrom : null,
        Problem = ended.Refresh.IsRefreshed ? null : ended.Refresh.Reason,
    };
}
