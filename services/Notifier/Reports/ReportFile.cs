using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>The report of a whole run as a file on the volume.</summary>
internal sealed class ReportFile(RunStore runs, VolumeLayout volume)
{
    /// <summary>Writes it.</summary>
    /// <returns>The file.</returns>
    public async Task<string> WriteAsync(Guid runId, CancellationToken ct)
    {
        var path = Path.Combine(volume.Bookkeeping, "reports", $"{runId}.html");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var run = await runs.FindAsync(runId, ct)
            ?? throw new InvalidOperationException($"Run {runId} is not in the database.");
        var report = await RunReport.WriteAsync(run, new Dictionary<Contracts.ModelKey, ModelFacts>());
        WholeFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(report.Html)));
        return path;
    }
}
