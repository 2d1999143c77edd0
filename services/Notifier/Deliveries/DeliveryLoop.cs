using Benchmark.Notifier.Sweeps;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Sends the deliveries that are due, one after the other, and records the result of each.</summary>
internal sealed class DeliveryLoop(DueWork due, ReportSender sender, RetrySchedule schedule, AttemptResults results)
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
            await results.FailedAsync(delivery, reason, ct);
            return;
        }
        // The report has been sent, so that is recorded even when the process is stopping.
        await results.SentAsync(delivery, wentTo, CancellationToken.None);
    }
}
