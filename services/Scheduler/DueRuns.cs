using Benchmark.Contracts.Registry;
using Microsoft.Extensions.Logging;

namespace Benchmark.Scheduler;

/// <summary>Starts the run of every slot that is due, and remembers a slot only once the bus has its whole run.</summary>
public sealed class DueRuns(IRegistry registry, SlotMemory memory, RunStarter starter, ILogger<DueRuns> logger)
{
    /// <summary>Starts what is due at a moment. What could not be started is logged and stays due.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="timeout">How long the bus may take.</param>
    /// <param name="stopping">The process is ending.</param>
    /// <returns>The exit code that says how it went: 0 done, 1 configuration, 3 infrastructure.</returns>
    public async Task<int> StartAsync(DateTimeOffset now, TimeSpan timeout, CancellationToken stopping)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        inTime.CancelAfter(timeout);
        try
        {
            foreach (var slot in Slot.Due(registry.Current.Models, memory.Load(), now))
                await StartAsync(slot, inTime.Token);
            return 0;
        }
        catch (RegistryException e)
        {
            Log.NoRegistry(logger, e);
            return 1;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Log.BusTooSlow(logger, timeout);
            return 3;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotStarted(logger, e);
            return 3;
        }
    }

    /// <summary>When the next slot of any schedule comes; null when none does, or the registry has problems.</summary>
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

    private async Task StartAsync(Slot slot, CancellationToken ct)
    {
        // Pinned per run, and the models taken from the pin: a reload in between cannot split a run.
        var pinned = registry.Pin();
        var models = slot.Models.Select(m => pinned.Find(m.ValueStream, m.Model)).OfType<ModelDefinition>().ToList();
        if (models.Count == 0)
            return;

        await starter.StartAsync(pinned, new RunRequest
        {
            RunId = slot.RunId,
            Trigger = "schedule",
            RequestedBy = "schedule",
            Reason = slot.Schedule,
            Models = models,
        }, ct);
        memory.Remember(slot);
        Log.RunStarted(logger, slot.RunId, slot.Schedule, slot.At, models.Count, pinned.Sha256);
    }
}
