using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Reports;

/// <summary>
/// Removes the reports on the volume that are older than every version that is kept, and what cancelled runs left.
/// </summary>
public sealed class OldReports(VolumeLayout volume, TimeProvider time, ILogger<OldReports> logger)
{
    /// <summary>However few versions are kept, an auditor who comes once a year finds the report.</summary>
    internal static readonly TimeSpan KeptAtLeast = TimeSpan.FromDays(400);

    /// <summary>Removes them. What cannot be removed now is removed after another run.</summary>
    public void Remove()
    {
        try
        {
            var longAgo = time.GetUtcNow() - KeptAtLeast;
            // No message of theirs waits any longer.
            foreach (var mark in DirectoryEntries.Of(volume.CancelledRuns)
                .Where(mark => Posix.ModifiedAt(mark) < longAgo))
                Posix.TryUnlink(mark);
            string[] old = [.. DirectoryEntries.Of(volume.Reports, "", ".html")
                .Where(report => Posix.ModifiedAt(report) < longAgo)];
            if (old is [] || OldestVersion() is not { } oldest)
                return;
            foreach (var report in old.Where(report => Posix.ModifiedAt(report) < oldest))
                Posix.TryUnlink(report);
        }
        // The report of this run is on the volume, and another Notifier or a person may be removing the same files.
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            logger.OldReportsKept(volume.Reports, reason.Message);
        }
    }

    // Of every model on the volume, as the registry may no longer have one whose versions are kept.
    private DateTimeOffset? OldestVersion()
    {
        DateTimeOffset[] versions = [.. Named(volume.Root)
            .SelectMany(Named)
            .SelectMany(model => DirectoryEntries.Of(Path.Combine(model, ".versions")))
            .Select(Posix.ModifiedAt)];
        return versions is [] ? null : versions.Min();
    }

    // A volume may have a directory of its own at its root, such as lost+found, that nobody may list.
    private static IEnumerable<string> Named(string directory) => DirectoryEntries.Of(directory)
        .Where(path => SafeName.IsValid(Path.GetFileName(path)) && Posix.IsDirectory(path));
}
