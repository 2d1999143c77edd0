using System.Runtime.CompilerServices;
using Benchmark.Notifier.Sweeps;

namespace Benchmark.Notifier.Deliveries;

/// <summary>
/// Sends the deliveries that are due and records the result of each; every channel on its own, so that one that hangs
/// does not hold up another.
/// </summary>
internal sealed class DeliveryLoop(
    DueWork due, IEnumerable<Channel> channels, RetrySchedule schedule, AttemptResults results)
{
    public IReadOnlyList<Channel> Channels { get; } = [.. channels];

    public async Task DeliverDueAsync(Channel channel, CancellationToken ct)
    {
        var limits = new ParallelOptions { MaxDegreeOfParallelism = channel.AtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(
            ClaimedAsync(channel, ct), limits,
            async (delivery, cancelled) => await DeliverAsync(channel, delivery, cancelled));
    }

    // Each is claimed when somebody is free to send it: a claim that waits would run out.
    private async IAsyncEnumerable<Delivery> ClaimedAsync(
        Channel channel, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await due.ClaimDeliveryAsync(channel.Name, schedule.Now, schedule.ClaimedUntil, ct) is { } delivery)
            yield return delivery;
    }

    private async Task DeliverAsync(Channel channel, Delivery delivery, CancellationToken ct)
    {
        string wentTo;
        try
        {
            wentTo = await AttemptAsync(channel, delivery, ct);
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

    private async Task<string> AttemptAsync(Channel channel, Delivery delivery, CancellationToken ct)
    {
        using var timeout = schedule.CancelAfter(channel.Timeout);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            return await channel.SendAsync(delivery, attempt.Token);
        }
        catch (OperationCanceledException reason) when (timeout.IsCancellationRequested)
        {
            throw new DeliveryException($"no answer within {channel.Timeout.TotalSeconds:0} s", reason);
        }
    }
}
