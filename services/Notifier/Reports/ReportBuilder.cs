using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>Builds a report from the database, the volume and the registry.</summary>
public sealed class ReportBuilder(
    RunStore runs, ModelFactsReader facts, ReportContexts contexts, Func<ModelRegistry?> registry)
{
    /// <summary>The report of a delivery: on the models of its team.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<RunReport> BuildAsync(Delivery delivery, CancellationToken ct)
    {
        var whole = await runs.FindAsync(delivery.RunId, ct);
        var part = await runs.FindAsync(delivery, ct);
        if (whole is null || part is null)
            throw new InvalidOperationException(
                $"Run {delivery.RunId} has a report to deliver but is not in the database.");
        return await RunReport.WriteAsync(await FactsAsync(whole, part, ct));
    }

    /// <summary>The content of the report on every model of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="ct">Cancels.</param>
    public Task<ReportFacts> WholeAsync(RunSummary run, CancellationToken ct) => FactsAsync(run, run, ct);

    private async Task<ReportFacts> FactsAsync(RunSummary whole, RunSummary part, CancellationToken ct)
    {
        var models = registry();
        return new ReportFacts(part, await facts.ReadAsync(part, models, ct), contexts.Of(whole, part, models));
    }
}
