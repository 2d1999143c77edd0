using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>When a failed delivery is retried, and when retries end.</summary>
internal sealed class RetrySchedule(IOptions<NotifierOptions> options, TimeProvider time)
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    // Much longer than an attempt, so that a second process does not send the same report meanwhile.
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(5);

    // A server that restarts is back within the first retries; one that is down all night is tried hourly.
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromHours(1);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Until when a delivery that is claimed now belongs to the process that claimed it.</summary>
    public DateTimeOffset ClaimedUntil => Now + s_claim;

    /// <summary>When a delivery that has just failed is retried; null when retries are exhausted.</summary>
    public DateTimeOffset? NextAfter(Delivery failed)
    {
        if (Now - failed.CreatedAt >= options.Value.GiveUpAfter)
            return null;
        // Doubles from 15 s; the limit of one hour is reached after eight attempts, before the shift can overflow.
        var delay = failed.Attempts < 8 ? s_firstDelay * (1 << failed.Attempts) : s_maxDelay;
        return Now + (delay < s_maxDelay ? delay : s_maxDelay);
    }
}
