using Benchmark.Notifier;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Runs;

/// <summary>The runs that the Notifier has recorded.</summary>
internal static class RunHistory
{
    public static RunStore Open(Invocation invocation) => new(Database(invocation));

    public static RunDatabase Database(Invocation invocation) => new(
        new StateOptions { Directory = invocation.StateDirectory },
        new NotifierOptions { Database = invocation.Configuration["Notifier:Database"] });

    /// <summary>The run whose id is, or begins with, the given text.</summary>
    /// <exception cref="UsageException">There is none, or there are several.</exception>
    public static async Task<RunSummary> FindAsync(RunStore store, string id, CancellationToken ct)
    {
        try
        {
            return await store.FindAsync(id, ct) ?? throw new UsageException($"No run '{id}'. See: benchmark runs.");
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>The models that a run could not refresh, as <c>value_stream/model</c>.</summary>
    /// <exception cref="UsageException">There is no such run, or it refreshed everything.</exception>
    public static async Task<IReadOnlyList<string>> NotRefreshedAsync(RunStore store, string id, CancellationToken ct)
    {
        var run = await FindAsync(store, id, ct);
        string[] models = [.. run.Models
            .Where(model => model.Outcome is not null && !model.IsRefreshed)
            .Select(model => model.Name.ToString())];
        return models.Length > 0
            ? models
            : throw new UsageException(
                $"Run {run.RunId} has no failed, rejected or missing model: nothing to refresh.");
    }
}
