using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>When a failed delivery is retried, and when retries end.</summary>
internal sealed class RetrySchedule(IOptions<NotifierOptions> options, TimeProvider time)
{
    // Much longer than an attempt, so that a second process does not send the same report meanwhile.
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(5);

    // A server that restarts is back within the first retries; one that is down all night is tried hourly.
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromHours(1);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Until when a delivery that is claimed now belongs to the process that claimed it.</summary>
    public DateTimeOffset ClaimedUntil => Now + s_claim;

    /// <summary>Is cancelled once that time has passed.</summary>
    public CancellationTokenSource CancelAfter(TimeSpan timeout) => new(timeout, time);

    /// <summary>When a delivery that has just failed is retried; null when it is given up.</summary>
    public DateTimeOffset? NextAfter(Delivery failed, Exception reason)
    {
        var told = reason as DeliveryException;
        if (told is { IsFinal: true } || Now - failed.CreatedAt >= options.Value.GiveUpAfter)
            return null;
        // Doubles from 15 s; the limit of one hour is reached after eight attempts, before the shift can overflow.
        var delay = told?.RetryAfter ?? (failed.Attempts < 8 ? s_firstDelay * (1 << failed.Attempts) : s_maxDelay);
        return Now + (delay < s_firstDelay ? s_firstDelay : delay < s_maxDelay ? delay : s_maxDelay);
    }
}
