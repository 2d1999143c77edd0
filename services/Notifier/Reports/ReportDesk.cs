using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Reports;

/// <summary>Gathers what a report needs, from the database and the volume, and has it written.</summary>
internal sealed class ReportDesk(RunStore runs, VolumeLayout volume, ILogger<ReportDesk> logger)
{
    // Each costs a file of the shared volume; nobody reads the columns of more models than this in one mail.
    private const int ModelsWithColumns = 20;

    public async Task<RunReport> WriteAsync(Delivery delivery, CancellationToken ct)
    {
        var run = await runs.FindAsync(delivery.RunId, delivery.Team, ct)
            ?? throw new InvalidOperationException($"Run {delivery.RunId} is owed a report and is not in the database.");
        var columns = new Dictionary<ModelKey, DriftSummary>();
        foreach (var model in RunReport.Drifted(run).Take(ModelsWithColumns))
        {
            if (ColumnsOf(run.RunId, model) is { } drift)
                columns[model.Name] = drift;
        }
        return await RunReport.WriteAsync(run, columns);
    }

    private DriftSummary? ColumnsOf(Guid runId, ModelSummary model)
    {
        if (!Names.Valid(model.ValueStream) || !Names.Valid(model.Model))
            return null;
        var paths = volume.Model(model.Name);
        try
        {
            if (model.Outcome == Outcome.Rejected)
                return ReadIfThere<ValidationReport>(paths.Rejected(runId).Report)?.Drift;
            return model.Version is { } version ? ReadIfThere<Manifest>(paths.Version(version).Manifest)?.Drift : null;
        }
        // The worst column came with the event; a damaged file must not keep the report back.
        catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Log.FactsNotReadable(logger, reason, model.Name);
            return null;
        }
    }

    // The Notifier may run where the volume is not mounted: its reports then name the worst column only.
    private static T? ReadIfThere<T>(string path)
        where T : class => File.Exists(path) ? VolumeJson.Read<T>(path) : null;
}
