using Benchmark.Notifier.Sweeps;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Sends what is due, one delivery after the other, and writes down what became of it.</summary>
internal sealed class Courier(DueWork due, Dispatch dispatch, Attempts attempts, ILogger<Courier> logger)
{
    public async Task DeliverDueAsync(CancellationToken ct)
    {
        while (await due.ClaimDeliveryAsync(attempts.Now, attempts.ClaimedUntil, ct) is { } delivery)
            await DeliverAsync(delivery, ct);
    }

    private async Task DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        string wentTo;
        try
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(ct);
            attempt.CancelAfter(Attempts.Longest);
            wentTo = await dispatch.SendAsync(delivery, attempt.Token);
        }
        // Whatever kept one report from leaving must not keep the others: it is written down and tried again.
        catch (Exception reason) when (!ct.IsCancellationRequested)
        {
            await TryAgainAsync(delivery, reason, ct);
            return;
        }
        // The report has left: that is written down even if we are asked to stop now.
        await due.SentAsync(delivery, wentTo, attempts.Now, CancellationToken.None);
        logger.Delivered(delivery.RunId, delivery.Team, delivery.Channel, wentTo);
    }

    private async Task TryAgainAsync(Delivery delivery, Exception reason, CancellationToken ct)
    {
        var next = attempts.NextAfter(delivery);
        await due.FailedAsync(delivery, reason.Message, next, ct);
        var (team, channel, attempt) = (delivery.Team, delivery.Channel, delivery.Attempts + 1);
        if (next is { } again)
            logger.NotDelivered(delivery.RunId, team, channel, attempt, again, reason);
        else
            logger.GaveUp(delivery.RunId, team, channel, attempt, reason);
    }
}
