using Benchmark.Notifier.Deliveries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Sweeps;

/// <summary>
/// Does what is due by the clock: asks for the close of runs past their deadline, and sends reports. Needs no message
/// scheduler in the broker, and forgets nothing while no process runs.
/// </summary>
internal sealed class Sweep(OverdueRuns overdue, Courier courier, SweepPace pace, ILogger<Sweep> logger)
    : BackgroundService
{
    /// <summary>Does now what is due, and returns when it is done.</summary>
    public async Task SweepNowAsync(CancellationToken ct = default)
    {
        await overdue.CloseAsync(ct);
        await courier.DeliverDueAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Apart: a mail server that hangs must not keep a run open.
            await Task.WhenAll(
                AgainAndAgainAsync(overdue.CloseAsync, stoppingToken),
                AgainAndAgainAsync(courier.DeliverDueAsync, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped, as every process is in the end: what is due stays due. Thrown on, it would be logged as critical
            // when another service failed to start.
        }
    }

    private async Task AgainAndAgainAsync(Func<CancellationToken, Task> sweep, CancellationToken ct)
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
        // A database or broker that is away for a minute must not end the sweep for good.
        catch (Exception reason) when (reason is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            logger.SweepFailed(pace.Interval, reason);
        }
    }
}
