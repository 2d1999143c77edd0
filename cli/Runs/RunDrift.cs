using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Runs;

/// <summary>
/// Reads the drift of a run's models from the volume: published manifests and rejected reports.
/// </summary>
internal static class RunDrift
{
    /// <summary>The columns with the greatest PSI, in descending order.</summary>
    public static IReadOnlyList<(ModelKey Model, ColumnDrift Drift)> Greatest(
        RunSummary run, VolumeLayout volume, int count) =>
        [.. run.Models
            .SelectMany(model => Columns(run.RunId, model, volume).Select(drift => (model.Name, drift)))
            .OrderByDescending(pair => pair.drift.Psi)
            .Take(count)];

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
