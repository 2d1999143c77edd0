using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting.Broker;
using Microsoft.Extensions.Logging;

namespace Benchmark.Scheduler;

/// <summary>Starts the run of every slot that is due, and remembers a slot only once the bus has its whole run.</summary>
internal sealed class DueRuns(IRegistry registry, SlotMemory memory, RunStarter starter, ILogger<DueRuns> logger)
{
    private const int Done = 0;
    private const int Configuration = 1;
    private const int Infrastructure = 3;

    /// <summary>Starts what is due at a moment. What could not be started is logged and stays due.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="timeout">How long the bus may take for each slot.</param>
    /// <param name="stopping">The process is ending.</param>
    /// <returns>The exit code of the slot that went worst: 0 done, 1 configuration, 3 infrastructure.</returns>
    public async Task<int> StartAsync(DateTimeOffset now, TimeSpan timeout, CancellationToken stopping)
    {
        IReadOnlyList<Slot> due;
        try
        {
            due = Slot.Due(registry.Current.Models, memory.Load(), now);
        }
        catch (RegistryException e)
        {
            logger.NoRegistry(e);
            return Configuration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            logger.NoMemory(e);
            return Infrastructure;
        }

        var worst = Done;
        foreach (var slot in due)
            worst = Math.Max(worst, await StartInTimeAsync(slot, timeout, stopping));
        return worst;
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

    // Each slot for itself: one that fails must not take the others with it.
    private async Task<int> StartInTimeAsync(Slot slot, TimeSpan timeout, CancellationToken stopping)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        inTime.CancelAfter(timeout);
        try
        {
            await StartAsync(slot, inTime.Token);
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

    private async Task StartAsync(Slot slot, CancellationToken ct)
    {
        // Pinned per run, and the models taken from the pin: a reload in between cannot split a run.
        var pinned = registry.Pin();
        var models = slot.Models.Select(m => pinned.Find(m.ValueStream, m.Model)).OfType<ModelDefinition>().ToList();
        if (models.Count == 0)
            return;

        memory.RequireWritable();
        await starter.StartAsync(pinned, new RunRequest
        {
            RunId = slot.RunId,
            Trigger = RunTrigger.Schedule,
            RequestedBy = "schedule",
            Reason = slot.Schedule,
            Models = models,
        }, ct);
        memory.Remember(slot);
        logger.RunStarted(slot.RunId, slot.Schedule, slot.At, models.Count, pinned.Sha256);
    }
}
