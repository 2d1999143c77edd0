using Benchmark.Hosting;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Deliveries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Sweeps;

/// <summary>
/// Closes runs past their deadline and sends the reports that are due. What is due is in the database, so it needs no
/// message scheduler in the broker and survives a restart.
/// </summary>
internal sealed class Sweep(
    OverdueRuns overdue,
    DeliveryLoop deliveries,
    SweepPace pace,
    DatabaseOutage outage,
    IHostApplicationLifetime lifetime,
    ILogger<Sweep> logger)
    : BackgroundService
{
    /// <summary>Does what is due now and returns when it is done.</summary>
    public async Task SweepNowAsync(CancellationToken ct = default)
    {
        await overdue.CloseAsync(ct);
        await Task.WhenAll(deliveries.Channels.Select(channel => deliveries.DeliverDueAsync(channel, ct)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // A run is closed by a message, which nobody takes before the bus has started.
            await lifetime.HasStartedAsync(stoppingToken);
            // In loops of their own, because a mail server that hangs must hold up neither runs nor Slack.
            await Task.WhenAll(
            [
                RepeatAsync(overdue.CloseAsync, stoppingToken),
                .. deliveries.Channels.Select(channel =>
                    RepeatAsync(ct => deliveries.DeliverDueAsync(channel, ct), stoppingToken)),
            ]);
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
        string? reported = null;
        do
            reported = await TryAsync(sweep, reported, ct);
        while (await timer.WaitForNextTickAsync(ct));
    }

    // Returns what has failed: the same failure at every sweep of an outage is logged once.
    private async Task<string?> TryAsync(Func<CancellationToken, Task> sweep, string? reported, CancellationToken ct)
    {
        try
        {
            await sweep(ct);
            return null;
        }
        // A database or broker that is down for a minute must not end the sweep.
        catch (Exception reason) when (reason is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            if (UnreachableDatabaseException.In(reason) is { } unreachable)
                _ = outage.Note(unreachable);
            else if (reason.Message != reported)
                logger.SweepFailed(pace.Interval, reason);
            return reason.Message;
        }
    }
}
