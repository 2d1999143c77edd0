using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>Removes what a publication leaves behind. Called after it was announced.</summary>
internal sealed class Housekeeping(
    VolumeLayout volume, IRegistry registry, TimeProvider time, ILogger<Housekeeping> logger)
{
    /// <summary>No version younger than this is removed: readers may have its file open, and messages may come again.</summary>
    public static readonly TimeSpan MinimumAge = TimeSpan.FromDays(7);

    // No publication takes this long: whoever made it was killed.
    private static readonly TimeSpan s_leftOverAge = TimeSpan.FromDays(2);

    /// <summary>Removes the run's staging, versions beyond what the model keeps, and what killed publishers left.</summary>
    public void Tidy(ModelValidated message)
    {
        var model = volume.Model(message.ValueStream, message.Model);
        RemoveStaging(model, message.RunId);
        // A model that has left the registry keeps what it has.
        if (registry.Current.Find(message.ValueStream, message.Model) is { } definition)
            RemoveOldVersions(model, definition.KeepVersions);
        SweepLeftOvers(model);
    }

    private void RemoveStaging(ModelPaths model, Guid runId)
    {
        if (!Directory.Exists(model.StagingArea))
            return;
        foreach (var attempt in Directory.EnumerateDirectories(model.StagingArea, $"{runId}-*"))
            Remove(attempt);
        if (!Directory.EnumerateFileSystemEntries(model.StagingArea).Any())
            Remove(model.StagingArea);
    }

    private void RemoveOldVersions(ModelPaths model, int keep)
    {
        // The highest is the current one and stays, whatever the registry says.
        foreach (var version in PublishedVersions.All(model).SkipLast(Math.Max(keep, 1)))
        {
            var paths = model.Version(version);
            if (File.Exists($"{paths.Directory}.pinned") || !OldEnough(paths))
                continue;
            // Renamed first, so that nobody who lists versions meets one that is half removed.
            var removed = $"{paths.Directory}.{Guid.NewGuid():N}.tmp";
            if (!Posix.TryRenameDirectory(paths.Directory, removed))
                continue;
            Remove(removed);
            logger.VersionRemoved(model.Relative(paths.Directory), keep);
        }
    }

    private bool OldEnough(VersionPaths version)
    {
        try
        {
            return VolumeJson.Read<Manifest>(version.Manifest).PublishedAt < time.GetUtcNow() - MinimumAge;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // Without its manifest nobody knows how old it is, so it stays for a person to look at.
            logger.NotRemoved(version.Directory, e.Message);
            return false;
        }
    }

    private void SweepLeftOvers(ModelPaths model)
    {
        // A temporary name of a data file bears the data's time, so a young one can look old. Whoever is just about to
        // rename it fails, looks, and is retried.
        var leftOvers = Directory.EnumerateFiles(model.Directory, $".{model.FileName}.*.tmp")
            .Concat(Directory.EnumerateFiles(model.Directory, $".{Path.GetFileName(model.Manifest)}.*.tmp"))
            .Concat(Directory.EnumerateDirectories(model.Versions, "*.tmp"));
        foreach (var leftOver in leftOvers.ToList())
        {
            if (Directory.GetLastWriteTimeUtc(leftOver) < (time.GetUtcNow() - s_leftOverAge).UtcDateTime && Remove(leftOver))
                logger.LeftOverRemoved(model.Relative(leftOver));
        }
    }

    // What cannot be removed today costs space and nothing else: the publication it belongs to has been announced, and the
    // next one tries again.
    private bool Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return false; // Another publisher of the same run was faster.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.NotRemoved(path, e.Message);
            return false;
        }
    }
}
