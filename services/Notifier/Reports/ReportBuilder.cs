using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Runs;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Reports;

/// <summary>Builds a report from the database, the volume and the registry.</summary>
internal sealed class ReportBuilder(
    RunStore runs, VolumeLayout volume, IRegistry registry, ILogger<ReportBuilder> logger)
{
    public async Task<RunReport> BuildAsync(Delivery delivery, CancellationToken ct)
    {
        var run = await runs.FindAsync(delivery, ct)
            ?? throw new InvalidOperationException(
                $"Run {delivery.RunId} has a report to deliver but is not in the database.");
        var withoutFacts = new ReportFacts(run, new Dictionary<ModelKey, ModelFacts>());
        return await RunReport.WriteAsync(
            run, withoutFacts.NeedingDetails.ToDictionary(model => model.Name, model => FactsOf(run.RunId, model)));
    }

    private ModelFacts FactsOf(Guid runId, RefreshOutcome model)
    {
        if (!SafeName.IsValid(model.ValueStream) || !SafeName.IsValid(model.Model))
            return new ModelFacts();
        var paths = volume.Model(model.Name);
        var facts = new ModelFacts
        {
            Served = Served(paths),
            RejectedIn = paths.Rejected(runId).Directory,
            Owner = OwnerOf(model),
        };
        try
        {
            if (model.Outcome == Outcome.Rejected
                && ReadIfExists<ValidationReport>(paths.Rejected(runId).Report) is { } report)
                return facts with { Checks = report.Checks, Drift = report.Drift };
            if (model.Version is { } version
                && ReadIfExists<Manifest>(paths.Version(version).Manifest) is { } manifest)
                return facts with { Checks = manifest.Checks, Drift = manifest.Drift };
        }
        // The events have what matters most, so a damaged file must not hold up the report.
        catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            logger.FactsUnreadable(model.Name, runId, reason);
        }
        return facts;
    }

    // From the current registry, because the owner may have changed since the run began.
    private string? OwnerOf(RefreshOutcome model)
    {
        try
        {
            return registry.Current.Find(model.ValueStream, model.Model)?.Owner;
        }
        // The reader of the registry logs it; a report without owners is better than none.
        catch (RegistryException)
        {
            return null;
        }
    }

    // Every run writes its registry to the bookkeeping directory, so without it the volume is not mounted.
    private bool? Served(ModelPaths paths) =>
        File.Exists(paths.Manifest) ? true : Directory.Exists(volume.Bookkeeping) ? false : null;

    // Where the volume is not mounted, reports have only what the events said.
    private static T? ReadIfExists<T>(string path)
        where T : class => File.Exists(path) ? VolumeJson.Read<T>(path) : null;
}
