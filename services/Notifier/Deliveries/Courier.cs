using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Sends what is due, one delivery after the other, and writes down what became of it.</summary>
internal sealed class Courier(
    DueWork due, ReportDesk desk, IEnumerable<Channel> channels, IOptions<NotifierOptions> options, TimeProvider time, ILogger<Courier> logger)
{
    // One attempt ends well within its claim: otherwise a second process would send the same report meanwhile.
    private static readonly TimeSpan s_attempt = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(5);

    // A server that restarts is back within the first tries; one that is away for the night is asked hourly.
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);

    public async Task DeliverDueAsync(CancellationToken ct)
    {
        while (await due.ClaimDeliveryAsync(time.GetUtcNow(), time.GetUtcNow() + s_claim, ct) is { } delivery)
            await DeliverAsync(delivery, ct);
    }

    private async Task DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        string wentTo;
        try
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(ct);
            attempt.CancelAfter(s_attempt);
            var report = await desk.WriteAsync(delivery, attempt.Token);
            wentTo = await channels.Single(channel => channel.Name == delivery.Channel).SendAsync(delivery, report, attempt.Token);
        }
        // Whatever kept one report from leaving must not keep the others: it is written down and tried again.
        catch (Exception reason) when (!ct.IsCancellationRequested)
        {
            await TryAgainAsync(delivery, reason, ct);
            return;
        }
        // The report has left: that is written down even if we are asked to stop now.
        await due.SentAsync(delivery, wentTo, time.GetUtcNow(), CancellationToken.None);
        Log.Delivered(logger, delivery.RunId, delivery.Team, delivery.Channel, wentTo);
    }

    private async Task TryAgainAsync(Delivery delivery, Exception reason, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var attempt = delivery.Attempts + 1;
        if (now - delivery.CreatedAt >= options.Value.GiveUpAfter)
        {
            await due.FailedAsync(delivery, reason.Message, next: null, ct);
            Log.GaveUp(logger, reason, delivery.RunId, delivery.Team, delivery.Channel, attempt);
            return;
        }
        var next = now + Pause(delivery.Attempts);
        await due.FailedAsync(delivery, reason.Message, next, ct);
        Log.NotDelivered(logger, reason, delivery.RunId, delivery.Team, delivery.Channel, attempt, next);
    }

    private static TimeSpan Pause(int attempts) =>
        attempts < 8 && s_firstPause * (1 << attempts) is var pause && pause < s_longestPause ? pause : s_longestPause;
}
