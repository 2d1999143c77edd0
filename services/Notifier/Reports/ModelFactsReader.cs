using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Reports;

/// <summary>Reads what a report says about models from the volume.</summary>
public sealed class ModelFactsReader(VolumeLayout volume, ILogger<ModelFactsReader> logger)
{
    // A network volume answers several questions at once as fast as one.
    private const int AtOnce = 8;

    /// <summary>What is known of the models that the report of a run shows.</summary>
    /// <param name="run">The run.</param>
    /// <param name="registry">The registry; null when it cannot be read.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyDictionary<ModelKey, ModelFacts>> ReadAsync(
        RunSummary run, ModelRegistry? registry, CancellationToken ct)
    {
        var none = new Dictionary<ModelKey, ModelFacts>();
        var known = await EachAsync(
            new ReportFacts(run, none).NeedingDetails, model => FactsOf(run.RunId, model, registry), ct);
        // Only now it is known which have drifted from their anchor.
        var earlier = await EachAsync(
            new ReportFacts(run, known).NeedingHistory,
            model => known[model.Name] with { Earlier = Earlier(model) },
            ct);
        foreach (var (model, facts) in earlier)
            known[model] = facts;
        return known;
    }

    private static async Task<Dictionary<ModelKey, ModelFacts>> EachAsync(
        IEnumerable<RefreshOutcome> models, Func<RefreshOutcome, ModelFacts> read, CancellationToken ct)
    {
        var all = models.ToArray();
        var facts = new ModelFacts[all.Length];
        await Parallel.ForAsync(
            0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            (at, _) =>
            {
                facts[at] = read(all[at]);
                return ValueTask.CompletedTask;
            });
        return all.Zip(facts).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    private ModelFacts FactsOf(Guid runId, RefreshOutcome model, ModelRegistry? registry)
    {
        if (!IsSafe(model))
            return new ModelFacts();
        var paths = volume.Model(model.Name);
        // From the current registry, because the owner may have changed since the run began.
        var definition = registry?.Find(model.ValueStream, model.Model);
        var facts = new ModelFacts
        {
            RejectedIn = paths.Rejected(runId).Directory,
            Definition = definition,
            Owner = definition?.Owner,
        };
        facts = facts with { Served = Try(model, runId, null, () => IsServed(paths)) };
        return Try(model, runId, facts, () => WithFiles(facts, runId, model, paths));
    }

    // Every run writes its registry to the bookkeeping directory, so without it the volume is not mounted.
    private bool? IsServed(ModelPaths paths) =>
        Posix.Exists(paths.Manifest) ? true : Posix.Exists(volume.Bookkeeping) ? false : null;

    private static ModelFacts WithFiles(ModelFacts facts, Guid runId, RefreshOutcome model, ModelPaths paths)
    {
        if (model.IsRefreshed)
            return model.Version is { } version
                && ReadIfExists<Manifest>(paths.Version(version).Manifest) is { } manifest
                ? facts with { Checks = manifest.Checks, Drift = manifest.Drift } : facts;
        if (ReadIfExists<Manifest>(paths.Manifest) is { } served)
            facts = facts with { ServedNow = new ServedVersion(served.Version, served.Rows, served.RefreshedAt) };
        return model.Outcome == Outcome.Rejected
            && ReadIfExists<ValidationReport>(paths.Rejected(runId).Report) is { } report
            ? facts with { Checks = report.Checks, Drift = report.Drift } : facts;
    }

    private IReadOnlyList<EarlierDrift> Earlier(RefreshOutcome model)
    {
        if (!IsSafe(model))
            return [];
        var versions = Try<IReadOnlyList<Manifest>>(
            model, Guid.Empty, [], () => PublishedVersions.Manifests(volume.Model(model.Name), DriftRow.Versions));
        var before = model.IsRefreshed ? model.Version ?? int.MaxValue : int.MaxValue;
        return [.. versions.Where(manifest => manifest.Version < before)
            .Select(manifest => new EarlierDrift(manifest.Version, manifest.Drift))];
    }

    // The events have what matters most, so a damaged file must not hold up the report.
    private T Try<T>(RefreshOutcome model, Guid runId, T otherwise, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            logger.FactsUnreadable(model.Name, runId, reason);
            return otherwise;
        }
    }

    private static bool IsSafe(RefreshOutcome model) =>
        SafeName.IsValid(model.ValueStream) && SafeName.IsValid(model.Model);

    // Where the volume is not mounted, reports have only what the events said.
    private static T? ReadIfExists<T>(string path)
        where T : class => Posix.Exists(path) ? VolumeJson.Read<T>(path) : null;
}
