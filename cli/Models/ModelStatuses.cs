using System.Data.Common;
using Benchmark.Cli.Runs;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Models;

/// <summary>Reads what is served of models from the volume, and how their last refresh ended from the runs.</summary>
internal static class ModelStatuses
{
    /// <exception cref="IOException">The volume cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the volume.</exception>
    public static async Task<IReadOnlyList<ModelEntry>> ReadAsync(
        Invocation invocation, IReadOnlyList<ModelDefinition> models, DateTimeOffset now, CancellationToken ct)
    {
        var latest = await LatestAsync(invocation, ct);
        return [.. models.Select(model =>
        {
            var refresh = latest.GetValueOrDefault(model.Name);
            return new ModelEntry(
                model, Status(model, invocation, now) with { LastRefresh = refresh is null ? null : Of(refresh) },
                refresh);
        })];
    }

    // Without a run database the rest is as true as with one.
    private static async Task<Dictionary<ModelKey, LatestRefresh>> LatestAsync(
        Invocation invocation, CancellationToken ct)
    {
        try
        {
            return (await RunHistory.Open(invocation).LatestAsync(ct)).ToDictionary(latest => latest.Refresh.Name);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            invocation.Terminal.Note($"How the last refreshes ended is not shown: {e.Message}");
            return [];
        }
    }

    private static LastRefresh? Of(LatestRefresh latest) => latest.Refresh.Outcome is not { } outcome ? null : new()
    {
        Outcome = outcome,
        Stage = latest.Refresh.Stage,
        RunId = latest.RunId,
        EndedAt = latest.EndedAt,
        Reason = latest.Refresh.Reason,
    };

    // One damaged manifest must not hide the other models.
    private static ModelStatus Status(ModelDefinition model, Invocation invocation, DateTimeOffset now)
    {
        try
        {
            return ModelStatus.Of(model, invocation.Volume, now);
        }
        catch (InvalidDataException e)
        {
            invocation.Terminal.Note($"{e.Message} The next refresh of {model.Name} fixes it.");
            return ModelStatus.Unknown(model, now);
        }
    }
}

/// <summary>A model, what is served of it, and its last refresh; null when none is known.</summary>
internal sealed record ModelEntry(ModelDefinition Model, ModelStatus Status, LatestRefresh? Latest)
{
    public bool IsLate => Status.Late;

    public bool HasMoved =>
        Status.WorstDrift is { Band: Data.Stability.Band.Moved }
        || Status.WorstSinceAnchor is { Band: Data.Stability.Band.Moved };

    public bool HasFailed => Latest is { Refresh.IsRefreshed: false };
}
