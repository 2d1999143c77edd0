using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Runs;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Reports;

/// <summary>Gathers what a report needs, from database, volume and registry, and has it written.</summary>
internal sealed class ReportDesk(RunStore runs, VolumeLayout volume, IRegistry registry, ILogger<ReportDesk> logger)
{
    public async Task<RunReport> WriteAsync(Delivery delivery, CancellationToken ct)
    {
        var run = await runs.FindAsync(delivery.RunId, delivery.Team, ct)
            ?? throw new InvalidOperationException(
                $"Run {delivery.RunId} is owed a report and is not in the database.");
        var unread = new ReportFacts(run, new Dictionary<ModelKey, ModelFacts>());
        return await RunReport.WriteAsync(
            run, unread.WorthLookingUp.ToDictionary(model => model.Name, model => FactsOf(run.RunId, model)));
    }

    private ModelFacts FactsOf(Guid runId, RefreshOutcome model)
    {
        if (!Names.Valid(model.ValueStream) || !Names.Valid(model.Model))
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
                && ReadIfThere<ValidationReport>(paths.Rejected(runId).Report) is { } report)
                return facts with { Checks = report.Checks, Drift = report.Drift };
            if (model.Version is { } version
                && ReadIfThere<Manifest>(paths.Version(version).Manifest) is { } manifest)
                return facts with { Checks = manifest.Checks, Drift = manifest.Drift };
        }
        // What matters most came with the event; a damaged file must not keep the report back.
        catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            logger.FactsUnreadable(model.Name, runId, reason);
        }
        return facts;
    }

    // Of today's registry: whoever owned the model when the run began may be gone.
    private string? OwnerOf(RefreshOutcome model)
    {
        try
        {
            return registry.Current.Find(model.ValueStream, model.Model)?.Owner;
        }
        // Logged where it was read; a report without owners is better than none.
        catch (RegistryException)
        {
            return null;
        }
    }

    // A volume without the product's own directory, where every run leaves its registry, is one that is not mounted.
    private bool? Served(ModelPaths paths) =>
        File.Exists(paths.Manifest) ? true : Directory.Exists(volume.Bookkeeping) ? false : null;

    // The Notifier may run where the volume is not mounted: its reports then tell what the events have told.
    private static T? ReadIfThere<T>(string path)
        where T : class => File.Exists(path) ? VolumeJson.Read<T>(path) : null;
}
