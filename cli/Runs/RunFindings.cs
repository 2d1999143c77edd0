using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Runs;

/// <summary>
/// What the checks of a run found, from the volume: the manifests of what it published, and the reports of what it
/// rejected.
/// </summary>
internal sealed class RunFindings
{
    private RunFindings(IReadOnlyList<(ModelKey, ColumnDrift)> drift, IReadOnlyList<(ModelKey, string)> warnings) =>
        (Drift, Warnings) = (drift, warnings);

    /// <summary>Every column that was compared, the worst first.</summary>
    public IReadOnlyList<(ModelKey Model, ColumnDrift Drift)> Drift { get; }

    /// <summary>The columns that somebody should look at: what is stable is as it should be.</summary>
    public IEnumerable<(ModelKey Model, ColumnDrift Drift)> WorthShowing =>
        Drift.Where(column => column.Drift.Band != Band.Stable);

    /// <summary>Every warning, a sentence each, by model.</summary>
    public IReadOnlyList<(ModelKey Model, string Warning)> Warnings { get; }

    /// <summary><c>Drift: all 12 columns that were compared are stable.</c></summary>
    public string Quiet => Drift.Count == 1
        ? "Drift: the one column that was compared is stable."
        : $"Drift: all {Format.Count(Drift.Count)} columns that were compared are stable.";

    public static RunFindings Of(RunSummary run, VolumeLayout volume)
    {
        var read = run.Models.Select(model => (Model: model, Found: Read(run.RunId, model, volume))).ToList();
        return new RunFindings(
            [.. read.SelectMany(pair => (pair.Found.Drift?.Columns ?? []).Select(drift => (pair.Model.Name, drift)))
                .OrderByDescending(pair => pair.drift.Band).ThenByDescending(pair => pair.drift.Psi)],
            [.. read.SelectMany(pair => WarningsOf(pair.Model, pair.Found.Checks)
                .Select(warning => (pair.Model.Name, warning)))]);
    }

    // An unchanged model has the warnings of the version that it confirms; its drift is that of an earlier run.
    private static (IReadOnlyList<CheckResult>? Checks, DriftSummary? Drift) Read(
        Guid runId, RefreshOutcome model, VolumeLayout volume)
    {
        // A name from a message may be invalid, and old versions are removed; then there is nothing to show.
        if (!SafeName.IsValid(model.ValueStream) || !SafeName.IsValid(model.Model))
            return default;
        var paths = volume.Model(model.Name);
        if (model is { IsRefreshed: true, Version: { } version }
            && VolumeJson.ReadIfThere<Manifest>(paths.Version(version).Manifest) is { } manifest)
            return (manifest.Checks, model.Outcome == Outcome.Published ? manifest.Drift : null);
        if (model.Outcome == Outcome.Rejected
            && VolumeJson.ReadIfThere<ValidationReport>(paths.Rejected(runId).Report) is { } report)
            return (report.Checks, report.Drift);
        return default;
    }

    private static IEnumerable<string> WarningsOf(RefreshOutcome model, IReadOnlyList<CheckResult>? checks)
    {
        var known = checks?.Where(check => check.Status == CheckStatus.Warn).Select(check => check.Message).ToList();
        return known is { Count: > 0 } || model.Warnings == 0
            ? known ?? []
            : [$"{Format.Warnings(model.Warnings)}, which the volume no longer has in words"];
    }
}
