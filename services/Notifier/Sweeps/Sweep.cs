using Benchmark.Notifier.Deliveries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Sweeps;

/// <summary>
/// Closes runs past their deadline and sends the reports that are due. What is due is in the database, so it needs no
/// message scheduler in the broker and survives a restart.
/// </summary>
internal sealed class Sweep(OverdueRuns overdue, DeliveryLoop deliveries, SweepPace pace, ILogger<Sweep> logger)
    : BackgroundService
{
    /// <summary>Does what is due now and returns when it is done.</summary>
    public async Task SweepNowAsync(CancellationToken ct = default)
    {
        await overdue.CloseAsync(ct);
        await deliveries.DeliverDueAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // In two loops, because a mail server that hangs must not keep runs open.
            await Task.WhenAll(
                RepeatAsync(overdue.CloseAsync, stoppingToken),
                RepeatAsync(deliveries.DeliverDueAsync, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A normal stop: what is due stays due. If rethrown, it would be logged as critical when another service
            // fails to start.
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> sweep, CancellationToken ct)
    {
        using var timer = pace.StartTimer();
        do
            await TryAsync(sweep, ct);
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task TryAsync(Func<CancellationToken, Task> sweep, CancellationToken ct)
    {
        try
        {
            await sweep(ct);
        }
        // A database or broker that is down for a minute must not end the sweep.
        catch (Exception reason) when (reason is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            logger.SweepFailed(pace.Interval, reason);
        }
    }
}
