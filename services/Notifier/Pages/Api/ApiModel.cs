using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Contracts.Volume.Verifying;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Pages.Overview;
using Benchmark.Notifier.Pages.Trouble;

namespace Benchmark.Notifier.Pages.Api;

/// <summary>A model of the overview: what is served of it, and how its last refresh ended.</summary>
/// <param name="Owner">Who owns it.</param>
/// <param name="Served">What is served, in the keys of <c>benchmark models --json</c>.</param>
/// <param name="Last">How its last refresh ended; absent when none is known.</param>
/// <param name="History">The worst PSI of each of its last 12 versions, oldest first; null where nothing was
/// compared.</param>
/// <param name="Damage">Why its manifest cannot be read; absent when it can.</param>
public sealed record ApiModel(
    string? Owner, ModelStatus Served, ApiLastRefresh? Last, IReadOnlyList<double?> History, string? Damage)
{
    internal static ApiModel Of(ModelRow row) => new(
        row.Model.Owner,
        row.Status,
        row.Latest is { } latest
            ? new ApiLastRefresh(latest.RunId, latest.EndedAt, latest.RequestedBy, latest.Refresh) : null,
        row.History,
        row.Damage);
}

/// <summary>How the last refresh of a model ended.</summary>
/// <param name="RunId">The run that it was part of.</param>
/// <param name="EndedAt">When it ended, UTC.</param>
/// <param name="RequestedBy">Who asked; absent for a schedule.</param>
/// <param name="Refresh">The outcome, in the keys of <c>benchmark runs RUN --json</c>.</param>
public sealed record ApiLastRefresh(
    Guid RunId, DateTimeOffset EndedAt, string? RequestedBy, RefreshOutcome Refresh);

/// <summary>What needs a person.</summary>
/// <param name="Registry">What is wrong with the registry's file as it is now.</param>
/// <param name="Deliveries">The reports that have not arrived.</param>
/// <param name="ErrorQueues">
/// How many messages wait in each error queue that has some; absent for a bus in memory.
/// </param>
/// <param name="ErrorQueuesUnknown">Why the error queues could not be looked at; absent when they could.</param>
/// <param name="Models">The models that are late, were never published or cannot be read.</param>
public sealed record ApiTrouble(
    IReadOnlyList<RegistryProblem> Registry,
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyDictionary<string, uint>? ErrorQueues,
    string? ErrorQueuesUnknown,
    IReadOnlyList<ApiModel> Models,
    IReadOnlyList<VerifiedFile> Altered)
{
    internal static ApiTrouble Of(TroubleView trouble) => new(
        trouble.Registry, trouble.Deliveries, trouble.ErrorQueues, trouble.ErrorQueuesUnknown,
        [.. trouble.Models.Select(ApiModel.Of)], [.. trouble.Altered.SelectMany(found => found.Altered)]);
}
