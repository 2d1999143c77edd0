using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting.Broker;
using Microsoft.Extensions.Logging;

namespace Benchmark.Scheduler;

/// <summary>
/// Starts the run of every due slot, and records a slot only when the bus has accepted its whole run.
/// </summary>
internal sealed class DueRuns(IRegistry registry, SlotMemory memory, RunStarter starter, ILogger<DueRuns> logger)
{
    private const int Done = 0;
    private const int Configuration = 1;
    private const int Infrastructure = 3;

    // The slots of which the log says already that they wait.
    private readonly HashSet<(string Schedule, DateTimeOffset At)> _told = [];

    /// <summary>Starts every slot that is due. One that cannot be started is logged and stays due.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="timeout">How long the bus may take for each slot.</param>
    /// <param name="stopping">Cancelled when the process stops.</param>
    /// <param name="tellIfNone">Whether to log that nothing is due, which a loop would at every tick.</param>
    /// <returns>The highest exit code of any slot: 0 done, 1 configuration, 3 infrastructure.</returns>
    public async Task<int> StartAsync(
        DateTimeOffset now, TimeSpan timeout, CancellationToken stopping, bool tellIfNone = false)
    {
        IReadOnlyList<Slot> due;
        try
        {
            var models = registry.Current.Models;
            memory.Look(Slot.Schedules(models), now);
            due = Slot.Due(models, Emitted(now), now);
        }
        catch (RegistryException)
        {
            // The registry has logged its problems.
            logger.NoRegistry();
            return Configuration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            logger.NoMemory(e);
            return Infrastructure;
        }

        if (tellIfNone && due.Count == 0)
            TellNext(now);
        var worst = Done;
        foreach (var slot in due)
            worst = Math.Max(worst, await StartInTimeAsync(slot, now, timeout, stopping));
        return worst;
    }

    /// <summary>
    /// When the next slot of any schedule is due; null when there is none, or the registry is invalid.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset now)
    {
        try
        {
            return Slot.Next(registry.Current.Models, now);
        }
        catch (RegistryException)
        {
            // Logged by StartAsync at every tick.
            return null;
        }
    }

    private Dictionary<string, DateTimeOffset> Emitted(DateTimeOffset now)
    {
        var yetToCome = memory.YetToCome(now);
        foreach (var (schedule, slot) in yetToCome)
            logger.SlotYetToCome(schedule, slot);
        return memory.Load().Where(slot => !yetToCome.ContainsKey(slot.Key)).ToDictionary();
    }

    private void TellNext(DateTimeOffset now)
    {
        if (Slot.Upcoming(registry.Current.Models, now) is { } next)
            logger.NothingDue(next.Schedule, next.At.ToUniversalTime());
        else
            logger.NothingEverDue();
    }

    private IReadOnlyList<ModelDefinition> Startable(Slot slot, IReadOnlyList<ModelDefinition> all, DateTimeOffset now)
    {
        var awake = all.Where(model => model.SuspendedAt(now) is null).ToList();
        var models = awake.Where(model => model.StartingDeadline is not { } limit || now - slot.At <= limit).ToList();
        if (awake.Count < all.Count)
            logger.Suspended(slot.Schedule, slot.At, all.Count - awake.Count, Names(all.Except(awake)));
        if (models.Count < awake.Count)
            logger.TooLate(
                slot.Schedule, slot.At, now - slot.At, awake.Count - models.Count, Names(awake.Except(models)));
        return models;
    }

    private static string Names(IEnumerable<ModelDefinition> models)
    {
        const int Most = 20;
        var names = models.Select(model => model.Name.ToString()).ToList();
        return string.Join(", ", names.Take(Most)) + (names.Count > Most ? $" and {names.Count - Most} more" : "");
    }

    // Each slot on its own: one that fails must not prevent the others.
    private async Task<int> StartInTimeAsync(
        Slot slot, DateTimeOffset now, TimeSpan timeout, CancellationToken stopping)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        inTime.CancelAfter(timeout);
        try
        {
            await StartAsync(slot, now, inTime.Token);
            return Done;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            logger.BusTooSlow(slot.Schedule, slot.At, timeout);
            return Infrastructure;
        }
        catch (BrokerException e)
        {
            logger.BrokerUnfit(slot.Schedule, slot.At, e.Message);
            return Infrastructure;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.NotStarted(slot.Schedule, slot.At, e);
            return Infrastructure;
        }
    }

    private async Task StartAsync(Slot slot, DateTimeOffset now, CancellationToken ct)
    {
        // The models come from the pinned registry, so that a reload in between cannot split a run.
        var pinned = registry.Pin();
        var all = slot.Models.Select(m => pinned.Find(m.ValueStream, m.Model)).OfType<ModelDefinition>().ToList();
        if (all.Count == 0)
            return;

        memory.RequireWritable();
        if (all.Any(model => model.Concurrency == RunConcurrency.Forbid) && memory.OpenRunBefore(slot, now) is { } open)
        {
            if (_told.Add((slot.Schedule, slot.At)))
                logger.WaitsForRun(slot.Schedule, slot.At, open);
            return;
        }
        var models = Startable(slot, all, now);
        if (models.Count == 0)
        {
            memory.Remember(slot, now);
            return;
        }
        var runId = memory.RunOf(slot);
        await starter.StartAsync(pinned, new RunRequest
        {
            RunId = runId,
            Trigger = RunTrigger.Schedule,
            RequestedBy = "schedule",
            Reason = slot.Schedule,
            Models = models,
        }, ct);
        memory.Remember(slot, now);
        logger.RunStarted(runId, slot.Schedule, slot.At, models.Count, pinned.Sha256);
    }
}
