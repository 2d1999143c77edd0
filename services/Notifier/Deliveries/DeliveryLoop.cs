using Benchmark.Notifier.Sweeps;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Sends the deliveries that are due, one after the other, and records the result of each.</summary>
internal sealed class DeliveryLoop(
    DueWork due, ReportSender sender, RetrySchedule schedule, ILogger<DeliveryLoop> logger)
{
    public async Task DeliverDueAsync(CancellationToken ct)
    {
        while (await due.ClaimDeliveryAsync(schedule.Now, schedule.ClaimedUntil, ct) is { } delivery)
            await DeliverAsync(delivery, ct);
    }

    private async Task DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        string wentTo;
        try
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(ct);
            attempt.CancelAfter(RetrySchedule.Timeout);
            wentTo = await sender.SendAsync(delivery, attempt.Token);
        }
        // One failed report must not stop the others: the error is recorded and the report is retried.
        catch (Exception reason) when (!ct.IsCancellationRequested)
        {
            await RecordFailureAsync(delivery, reason, ct);
            return;
        }
        // The report has been sent, so that is recorded even when the process is stopping.
        await due.RecordSentAsync(delivery, wentTo, schedule.Now, CancellationToken.None);
        logger.Delivered(delivery.RunId, delivery.Team, delivery.Channel, wentTo);
    }

    private async Task RecordFailureAsync(Delivery delivery, Exception reason, CancellationToken ct)
    {
        var next = schedule.NextAfter(delivery);
        await due.RecordFailureAsync(delivery, reason.Message, next, ct);
        var (team, channel, attempt) = (delivery.Team, delivery.Channel, delivery.Attempts + 1);
        if (next is { } retryAt)
            logger.NotDelivered(delivery.RunId, team, channel, attempt, retryAt, reason);
        else
            logger.DeliveryGivenUp(delivery.RunId, team, channel, attempt, reason);
    }
}
