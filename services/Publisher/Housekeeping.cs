using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>Removes what a publication leaves behind, after it is announced.</summary>
internal sealed class Housekeeping(
    VolumeLayout volume, IRegistry registry, TimeProvider time, ILogger<Housekeeping> logger)
{
    // No run takes this long, so the process that made it was killed.
    private static readonly TimeSpan s_leftoverAge = TimeSpan.FromDays(2);

    /// <summary>Removes the run's staging and versions no longer kept.</summary>
    public void CleanUp(ModelValidated message, RefreshOutcome refresh)
    {
        var model = volume.Model(message.ValueStream, message.Model);
        for (var attempt = 1; attempt <= message.Attempt; attempt++)
        {
            var staged = model.Staging(message.RunId, attempt);
            string[] files = message.Unchanged is null
                ? [staged.Facts, staged.Report, staged.Profile, staged.Data] : [staged.Data];
            TryRemove(staged.Directory, () => RemoveStaged(staged, files));
        }
        // Unless the refresh has made a version, none has become too old.
        if (refresh.Outcome == Outcome.Published)
            RemoveOldVersions(refresh.Name, refresh.Version ?? int.MaxValue);
    }

    /// <summary>Removes versions no longer kept.</summary>
    /// <param name="name">The model.</param>
    /// <param name="highest">The highest number, if known: there are at most so many, and no look is needed.</param>
    public void RemoveOldVersions(ModelKey name, int highest = int.MaxValue)
    {
        // A model that is no longer in the registry keeps all its versions.
        var model = volume.Model(name);
        if (registry.Current.Find(name.ValueStream, name.Model) is { } definition && highest > definition.KeepVersions)
            TryRemove(model.Versions, () => RemoveOldVersions(model, definition));
    }

    /// <summary>Removes leftovers of killed processes; what may still be in use is younger.</summary>
    public void Sweep(ModelPaths model)
    {
        TryRemove(model.StagingArea, () =>
        {
            RemoveLeftovers(
                model, DirectoryEntries.Of(model.StagingArea).Where(attempt => !IsOfRejected(model, attempt)));
            // A younger one is in use: a Fetcher may be about to make a directory in it.
            if (IsLeftover(model.StagingArea))
                Posix.TryRemoveDirectory(model.StagingArea);
        });
        TryRemove(model.Directory, () => RemoveLeftovers(model, DirectoryEntries.Of(model.Directory, ".", ".tmp")));
        TryRemove(model.Versions, () => RemoveLeftovers(model, DirectoryEntries.Of(model.Versions, "", ".tmp")));
    }

    // By name, because a list is one more round trip.
    private static void RemoveStaged(StagedPaths staged, IReadOnlyList<string> files)
    {
        foreach (var file in files)
            Posix.TryUnlink(file);
        // What a killed Validator left may be in it, too.
        if (!Posix.TryRemoveDirectory(staged.Directory) && Posix.Exists(staged.Directory))
            Directory.Delete(staged.Directory, recursive: true);
    }

    private void RemoveOldVersions(ModelPaths model, ModelDefinition definition)
    {
        var expired = Retention.Expired(
            model, definition, time.GetUtcNow(), (path, problem) => logger.NotRemoved(path, problem.Message));
        foreach (var version in expired)
        {
            var paths = model.Version(version);
            TryRemove(paths.Directory, () => RemoveVersion(model, paths, definition.KeepVersions));
        }
    }

    private void RemoveVersion(ModelPaths model, VersionPaths version, int keep)
    {
        // Renamed first, so that a half removed version is never listed. What cannot be removed, the next sweep does.
        var removed = $"{version.Directory}.{Guid.NewGuid():N}.tmp";
        Posix.TryRenameDirectory(version.Directory, removed);
        TryRemove(removed, () =>
        {
            NewVersion.Remove(removed);
            logger.VersionRemoved(model.Relative(version.Directory), keep);
        });
    }

    // A temporary link to a data file has the data's time, so a young one can look old. A publisher that is about to
    // rename it looks again.
    private void RemoveLeftovers(ModelPaths model, IEnumerable<string> entries)
    {
        foreach (var path in entries)
        {
            if (IsLeftover(path))
                TryRemove(path, () =>
                {
                    if (Posix.IsDirectory(path))
                        NewVersion.Remove(path);
                    else
                        Posix.TryUnlink(path);
                    logger.LeftoverRemoved(model.Relative(path));
                });
        }
    }

    // It tells whoever has the request again that the run was rejected.
    private static bool IsOfRejected(ModelPaths model, string attempt) =>
        Path.GetFileName(attempt) is { Length: > 36 } name && Guid.TryParse(name[..36], out var runId)
        && Posix.IsDirectory(model.Rejected(runId).Directory);

    private bool IsLeftover(string path) =>
        Posix.Examine(path) is { } entry && entry.Modified < time.GetUtcNow() - s_leftoverAge;

    // What cannot be removed only takes space, and is tried again: by the next sweep or publication. The publication
    // is announced already, so the message must not be retried for it.
    private void TryRemove(string path, Action remove)
    {
        try
        {
            remove();
        }
        catch (IOException) when (!Posix.Exists(path))
        {
            // Another publisher of the same run was faster.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            logger.NotRemoved(path, e.Message);
        }
    }
}
