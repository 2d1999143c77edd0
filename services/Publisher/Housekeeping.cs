using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>Removes what a publication leaves behind, after it is announced.</summary>
internal sealed class Housekeeping(
    VolumeLayout volume, IRegistry registry, TimeProvider time, ILogger<Housekeeping> logger)
{
    /// <inheritdoc cref="Retention.MinimumAge"/>
    public static readonly TimeSpan MinimumAge = Retention.MinimumAge;

    // No publication takes this long, so its publisher was killed.
    private static readonly TimeSpan s_leftoverAge = TimeSpan.FromDays(2);

    /// <summary>Removes the run's staging, versions no longer kept, and leftovers of killed publishers.</summary>
    public void CleanUp(ModelValidated message)
    {
        var model = volume.Model(message.ValueStream, message.Model);
        TryRemove(model.StagingArea, () => RemoveStaging(model, message.RunId));
        RemoveOldVersions(new ModelKey { ValueStream = message.ValueStream, Model = message.Model });
    }

    /// <summary>Removes versions no longer kept, and leftovers of killed publishers.</summary>
    public void RemoveOldVersions(ModelKey name)
    {
        var model = volume.Model(name);
        // A model that is no longer in the registry keeps all its versions.
        if (registry.Current.Find(name.ValueStream, name.Model) is { } definition)
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
