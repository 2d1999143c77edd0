using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Runs;

/// <summary>
/// Reads the drift of a run's models from the volume: published manifests and rejected reports.
/// </summary>
internal static class RunDrift
{
    /// <summary>Every column that was compared, the worst first.</summary>
    public static IReadOnlyList<(ModelKey Model, ColumnDrift Drift)> Of(RunSummary run, VolumeLayout volume) =>
        [.. run.Models
            .SelectMany(model => Columns(run.RunId, model, volume).Select(drift => (model.Name, drift)))
            .OrderByDescending(pair => pair.drift.Band).ThenByDescending(pair => pair.drift.Psi)];

    /// <summary>The columns that somebody should look at: what is stable is as it should be.</summary>
    public static IReadOnlyList<(ModelKey Model, ColumnDrift Drift)> WorthShowing(
        IReadOnlyList<(ModelKey Model, ColumnDrift Drift)> columns, int count) =>
        [.. columns.Where(column => column.Drift.Band != Band.Stable).Take(count)];

    /// <summary><c>Drift: all 12 columns that were compared are stable.</c></summary>
    public static string Quiet(int columns) => columns == 1
        ? "Drift: the one column that was compared is stable."
        : $"Drift: all {columns} columns that were compared are stable.";

    private static IReadOnlyList<ColumnDrift> Columns(Guid runId, RefreshOutcome model, VolumeLayout volume)
    {
        // A name from a message may be invalid, and old versions are removed; then there is nothing to show.
        if (!SafeName.IsValid(model.ValueStream) || !SafeName.IsValid(model.Model))
            return [];
        var paths = volume.Model(model.Name);
        return model.Outcome switch
        {
            Outcome.Published when model.Version is { } version && File.Exists(paths.Version(version).Manifest) =>
                VolumeJson.Read<Manifest>(paths.Version(version).Manifest).Drift?.Columns ?? [],
            Outcome.Rejected when File.Exists(paths.Rejected(runId).Report) =>
                VolumeJson.Read<ValidationReport>(paths.Rejected(runId).Report).Drift?.Columns ?? [],
            _ => [],
        };
    }
}
