using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Pages.Overview;

/// <summary>Every model with what is served of it and how its last refresh ended, what needs a person first.</summary>
internal sealed class ModelRows(IRegistry registry, RunStore runs, ServedHistory served)
{
    /// <exception cref="RegistryException">No valid registry has been read yet.</exception>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ModelRow>> ReadAsync(CancellationToken ct)
    {
        var reading = served.ReadAsync(registry.Current.Models, ct);
        var latest = (await runs.LatestAsync(ct)).ToDictionary(refresh => refresh.Refresh.Name);
        return
        [
            .. (await reading)
                .Select(row => row with { Latest = latest.GetValueOrDefault(row.Name) })
                .OrderBy(row => row.Rank)
                .ThenBy(row => row.Rank < 7 ? row.Status.RefreshedAt : null)
                .ThenByDescending(row => row.Status.WorstSinceAnchor?.Psi ?? row.Status.WorstDrift?.Psi)
                .ThenBy(row => row.Model.ValueStream, StringComparer.Ordinal)
                .ThenBy(row => row.Model.Model, StringComparer.Ordinal),
        ];
    }
}
