using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>Removes what a publication leaves behind. Called after it was announced.</summary>
internal sealed class Housekeeping(
    VolumeLayout volume, IRegistry registry, TimeProvider time, ILogger<Housekeeping> logger)
{
    /// <summary>
    /// No version younger than this is removed: readers may use its file, and messages may come again.
    /// </summary>
    public static readonly TimeSpan MinimumAge = TimeSpan.FromDays(7);

    // No publication takes this long: whoever made it was killed.
    private static readonly TimeSpan s_leftOverAge = TimeSpan.FromDays(2);

    /// <summary>Removes the run's staging, versions beyond what the model keeps, and left-overs of kills.</summary>
    public void Tidy(ModelValidated message)
    {
        var model = volume.Model(message.ValueStream, message.Model);
        Attempt(model.StagingArea, () => RemoveStaging(model, message.RunId));
        // A model that has left the registry keeps what it has.
        if (registry.Current.Find(message.ValueStream, message.Model) is { } definition)
            Attempt(model.Versions, () => RemoveOldVersions(model, definition));
        Attempt(model.Directory, () => SweepLeftOvers(model));
    }

    private void RemoveStaging(ModelPaths model, Guid runId)
    {
        if (!Directory.Exists(model.StagingArea))
            return;
        foreach (var attempt in Directory.GetDirectories(model.StagingArea, $"{runId}-*"))
            Attempt(attempt, () => Directory.Delete(attempt, recursive: true));
        if (!Directory.EnumerateFileSystemEntries(model.StagingArea).Any())
            Directory.Delete(model.StagingArea);
    }

    private void RemoveOldVersions(ModelPaths model, ModelDefinition definition)
    {
        // The highest is the current one and stays, whatever the registry says.
        var keep = Math.Max(definition.KeepVersions, 1);
        // What drift is measured from stays, too.
        foreach (var version
            in PublishedVersions.All(model).SkipLast(keep).Where(version => version != definition.DriftAnchor))
        {
            var paths = model.Version(version);
            Attempt(paths.Directory, () =>
            {
                if (!File.Exists(paths.Pin) && IsOld(paths))
                    RemoveVersion(model, paths, keep);
            });
        }
    }

    private bool IsOld(VersionPaths version) =>
        VolumeJson.Read<Manifest>(version.Manifest).PublishedAt < time.GetUtcNow() - MinimumAge;

    private void RemoveVersion(ModelPaths model, VersionPaths version, int keep)
    {
        // Renamed first, so that nobody who lists versions meets one that is half removed.
        var removed = $"{version.Directory}.{Guid.NewGuid():N}.tmp";
        Posix.TryRenameDirectory(version.Directory, removed);
        logger.VersionRemoved(model.Relative(version.Directory), keep);
        Directory.Delete(removed, recursive: true);
    }

    private void SweepLeftOvers(ModelPaths model)
    {
        // A temporary name of a data file bears the data's time, so a young one can look old. Whoever is just about to
        // rename it fails, looks, and is retried.
        var files = Directory.GetFiles(model.Directory, $".{model.FileName}.*.tmp")
            .Concat(Directory.GetFiles(model.Directory, $".{Path.GetFileName(model.Manifest)}.*.tmp"));
        foreach (var file in files.Where(IsLeftOver))
            Sweep(model, file, () => File.Delete(file));
        foreach (var directory in Directory.GetDirectories(model.Versions, "*.tmp").Where(IsLeftOver))
            Sweep(model, directory, () => Directory.Delete(directory, recursive: true));
    }

    private bool IsLeftOver(string path) =>
        Directory.GetLastWriteTimeUtc(path) < (time.GetUtcNow() - s_leftOverAge).UtcDateTime;

    private void Sweep(ModelPaths model, string path, Action remove) => Attempt(path, () =>
    {
        remove();
        logger.LeftOverRemoved(model.Relative(path));
    });

    // What cannot be removed today costs space and nothing else: the publication it belongs to has been announced, and
    // the next one tries again. A message must not come back for it.
    private void Attempt(string path, Action remove)
    {
        try
        {
            remove();
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(path))
        {
            // Another publisher of the same run was faster.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            logger.NotTidied(path, e.Message);
        }
    }
}
