using Benchmark.Notifier.Measuring;
using Benchmark.Notifier.Sweeps;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Records, counts and logs what became of an attempt to deliver a report.</summary>
internal sealed class AttemptResults(
    DueWork due, RetrySchedule schedule, DeliveryMetrics metrics, ILogger<AttemptResults> logger)
{
    public async Task SentAsync(Delivery delivery, string wentTo, CancellationToken ct)
    {
        if (await due.RecordSentAsync(delivery, wentTo, schedule.Now, ct))
            metrics.Delivered(delivery);
        logger.Delivered(delivery.RunId, delivery.Recipient, delivery.Channel, wentTo);
    }

    public async Task FailedAsync(Delivery delivery, Exception reason, CancellationToken ct)
    {
        var next = schedule.NextAfter(delivery, reason);
        if (await due.RecordFailureAsync(delivery, reason.Message, next, ct))
            metrics.Failed(delivery, retried: next is not null);
        var (team, channel, attempt) = (delivery.Recipient, delivery.Channel, delivery.Attempts + 1);
        if (next is { } retryAt)
            logger.NotDelivered(delivery.RunId, team, channel, attempt, retryAt, reason);
        else
            logger.DeliveryGivenUp(delivery.RunId, team, channel, attempt, reason);
    }
}
