using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
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

    // What the log says already: of slots that they wait or are yet to come, and why nothing at all is started.
    private readonly HashSet<(string Schedule, DateTimeOffset At)> _told = [];
    private string? _refused;

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
            memory.RequireInstallation();
            memory.Look(Slot.Schedules(models), now);
            due = Slot.Due(models, Emitted(now), now);
            _refused = null;
        }
        catch (NoInstallationException e)
        {
            if (_refused != e.Message)
                logger.NoInstallation(e.Message);
            _refused = e.Message;
            return Infrastructure;
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
        foreach (var (schedule, slot) in yetToCome.Where(slot => _told.Add((slot.Key, slot.Value))))
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

    // Told once the slot is done: one that stays due would be told of at every tick.
    private void TellLeftOut(
        Slot slot, List<ModelDefinition> suspended, List<ModelDefinition> late, DateTimeOffset now)
    {
        if (suspended.Count > 0)
            logger.Suspended(slot.Schedule, slot.At, suspended.Count, Names(suspended));
        if (late.Count > 0)
            logger.TooLate(slot.Schedule, slot.At, late.Count, now - slot.At, Names(late));
    }

    private static string Names(List<ModelDefinition> models)
    {
        const int Most = 20;
        var names = models.ConvertAll(model => model.Name.ToString());
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
        if (slot.Models[0].Concurrency == RunConcurrency.Forbid && memory.OpenRunBefore(slot, now) is { } open)
        {
            if (_told.Add((slot.Schedule, slot.At)))
                logger.WaitsForRun(slot.Schedule, slot.At, open);
            return;
        }
        var runId = memory.RunOf(slot);
        // As after slots.json was removed: its models would be refreshed under a run that is reported already.
        if (memory.HasClosed(slot))
        {
            memory.Remember(slot, now, isStarted: false);
            logger.ClosedAlready(slot.Schedule, slot.At, runId);
            return;
        }

        var suspended = all.Where(model => model.SuspendedAt(now) is not null).ToList();
        var late = all.Except(suspended).Where(model => now - slot.At > model.StartingDeadline).ToList();
        var models = all.Except(suspended).Except(late).ToList();
        if (models.Count > 0)
            await starter.StartAsync(pinned, new RunRequest
            {
                RunId = runId,
                Trigger = RunTrigger.Schedule,
                RequestedBy = "schedule",
                Reason = slot.Schedule,
                Models = models,
            }, ct);
        memory.Remember(slot, now, isStarted: models.Count > 0);
        TellLeftOut(slot, suspended, late, now);
        if (models.Count > 0)
            logger.RunStarted(runId, slot.Schedule, slot.At, models.Count, pinned.Sha256);
    }
}
