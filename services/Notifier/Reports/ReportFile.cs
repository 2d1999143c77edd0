using System.Text;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>The report of a whole run as a file on the volume, kept as long as the versions that it tells of.</summary>
public sealed class ReportFile(RunStore runs, ReportBuilder builder, VolumeLayout volume, TimeProvider time)
{
    /// <summary>However few versions are kept, an auditor who comes once a year finds the report.</summary>
    internal static readonly TimeSpan KeptAtLeast = TimeSpan.FromDays(400);

    /// <summary>Writes the report of a run, and removes those that are older than every version.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">The volume is not mounted, or cannot be written.</exception>
    public async Task<string> WriteAsync(Guid runId, CancellationToken ct)
    {
        var run = await runs.FindAsync(runId, ct)
            ?? throw new InvalidOperationException($"Run {runId} has a report to write but is not in the database.");
        // Every run writes its registry there first: without it the volume is not mounted.
        if (!Directory.Exists(volume.Bookkeeping))
            throw new DirectoryNotFoundException(
                $"{volume.Bookkeeping} does not exist: mount the volume, for writing, in the Notifier too.");
        var html = await RunReport.FileAsync(await builder.WholeAsync(run, ct));
        var path = volume.Report(runId);
        Directory.CreateDirectory(volume.Reports);
        WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(html)));
        RemoveOld();
        return path;
    }

    private void RemoveOld()
    {
        var longAgo = time.GetUtcNow() - KeptAtLeast;
        string[] old = [.. DirectoryEntries.Of(volume.Reports, "", ".html")
            .Where(report => WrittenAt(report) < longAgo)];
        if (old is [] || OldestVersion() is not { } oldest)
            return;
        foreach (var report in old.Where(report => WrittenAt(report) < oldest))
            File.Delete(report);
    }

    private static DateTimeOffset WrittenAt(string report) =>
        new(File.GetLastWriteTimeUtc(report), TimeSpan.Zero);

    // Of every model on the volume, as the registry may no longer have one whose versions are kept.
    private DateTimeOffset? OldestVersion()
    {
        var versions = Directory.EnumerateDirectories(volume.Root)
            .Where(stream => !Path.GetFileName(stream).StartsWith('.'))
            .SelectMany(Directory.EnumerateDirectories)
            .Select(model => Path.Combine(model, ".versions"))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(version => new DateTimeOffset(Directory.GetLastWriteTimeUtc(version), TimeSpan.Zero))
            .ToList();
        return versions.Count > 0 ? versions.Min() : null;
    }
}
