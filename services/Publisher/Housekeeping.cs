using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>Removes what a publication leaves behind, after it is announced.</summary>
internal sealed class Housekeeping(
    VolumeLayout volume, IRegistry registry, TimeProvider time, ILogger<Housekeeping> logger)
{
    /// <summary>
    /// No version is removed before it has been out of service for so long: readers may have it open, or may just have
    /// learned its name from <c>benchmark.json</c>, and messages may be redelivered.
    /// </summary>
    public static readonly TimeSpan MinimumAge = TimeSpan.FromDays(7);

    // No publication takes this long, so its publisher was killed.
    private static readonly TimeSpan s_leftoverAge = TimeSpan.FromDays(2);

    /// <summary>Removes the run's staging, versions no longer kept, and leftovers of killed publishers.</summary>
    public void CleanUp(ModelValidated message)
    {
        var model = volume.Model(message.ValueStream, message.Model);
        TryRemove(model.StagingArea, () => RemoveStaging(model, message.RunId));
        // A model that is no longer in the registry keeps all its versions.
        if (registry.Current.Find(message.ValueStream, message.Model) is { } definition)
            TryRemove(model.Versions, () => RemoveOldVersions(model, definition));
        TryRemove(model.Directory, () => RemoveLeftovers(model));
    }

    private void RemoveStaging(ModelPaths model, Guid runId)
    {
        foreach (var attempt in DirectoryEntries.Of(model.StagingArea, $"{runId}-"))
            TryRemove(attempt, () => Directory.Delete(attempt, recursive: true));
        if (Posix.Exists(model.StagingArea) && DirectoryEntries.Of(model.StagingArea).Count == 0)
            Directory.Delete(model.StagingArea);
    }

    private void RemoveOldVersions(ModelPaths model, ModelDefinition definition)
    {
        // The highest version is the published one and stays, whatever the registry says.
        var keep = Math.Max(definition.KeepVersions, 1);
        var versions = PublishedVersions.All(model);
        foreach (var (version, next) in versions.Zip(versions.Skip(1)).SkipLast(keep - 1))
        {
            // The anchor of drift stays as well.
            if (version == definition.DriftAnchor)
                continue;
            var paths = model.Version(version);
            TryRemove(paths.Directory, () =>
            {
                if (!Posix.Exists(paths.Pin) && IsOld(paths) && IsOld(model.Version(next)))
                    RemoveVersion(model, paths, keep);
            });
        }
    }

    // Of the next version: when it replaced this one.
    private bool IsOld(VersionPaths version) =>
        VolumeJson.Read<Manifest>(version.Manifest).PublishedAt < time.GetUtcNow() - MinimumAge;

    private void RemoveVersion(ModelPaths model, VersionPaths version, int keep)
    {
        // Renamed first, so that a half removed version is never listed.
        var removed = $"{version.Directory}.{Guid.NewGuid():N}.tmp";
        Posix.TryRenameDirectory(version.Directory, removed);
        logger.VersionRemoved(model.Relative(version.Directory), keep);
        Directory.Delete(removed, recursive: true);
    }

    private void RemoveLeftovers(ModelPaths model)
    {
        // A temporary link to a data file has the data's time, so a young one can look old. A publisher that is about
        // to rename it fails and is retried.
        var files = DirectoryEntries.Of(model.Directory, $".{model.FileName}.", ".tmp")
            .Concat(DirectoryEntries.Of(model.Directory, $".{Path.GetFileName(model.Manifest)}.", ".tmp"));
        foreach (var file in files.Where(IsLeftover))
            RemoveLeftover(model, file, () => File.Delete(file));
        foreach (var directory in DirectoryEntries.Of(model.Versions, "", ".tmp").Where(IsLeftover))
            RemoveLeftover(model, directory, () => Directory.Delete(directory, recursive: true));
    }

    private bool IsLeftover(string path) =>
        Directory.GetLastWriteTimeUtc(path) < (time.GetUtcNow() - s_leftoverAge).UtcDateTime;

    private void RemoveLeftover(ModelPaths model, string path, Action remove) => TryRemove(path, () =>
    {
        remove();
        logger.LeftoverRemoved(model.Relative(path));
    });

    // What cannot be removed only takes space, and the next publication tries again. The publication is announced
    // already, so the message must not be retried for it.
    private void TryRemove(string path, Action remove)
    {
        try
        {
            remove();
        }
        catch (DirectoryNotFoundException) when (!Posix.Exists(path))
        {
            // Another publisher of the same run was faster.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            logger.NotRemoved(path, e.Message);
        }
    }
}
