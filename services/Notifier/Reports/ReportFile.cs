using System.Text;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>The report of a whole run as a file on the volume, kept as long as the versions that it tells of.</summary>
public sealed class ReportFile(RunStore runs, ReportBuilder builder, VolumeLayout volume, OldReports old)
{
    /// <summary>Writes the report of a run, and removes those that are older than every version.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">The volume is not mounted, or cannot be written.</exception>
    public async Task<string> WriteAsync(Guid runId, CancellationToken ct)
    {
        var run = await runs.FindAsync(runId, ct)
            ?? throw new InvalidOperationException($"Run {runId} has a report to write but is not in the database.");
        // Every run writes its registry there first: without it the volume is not mounted.
        if (!Posix.Exists(volume.Bookkeeping))
            throw new DirectoryNotFoundException(
                $"{volume.Bookkeeping} does not exist: mount the volume, for writing, in the Notifier too.");
        var html = await RunReport.FileAsync(await builder.WholeAsync(run, ct));
        var path = volume.Report(runId);
        Directory.CreateDirectory(volume.Reports);
        WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(html)));
        old.Remove();
        return path;
    }
}
