using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>When deliveries are attempted, and when that ends.</summary>
internal sealed class Attempts(IOptions<NotifierOptions> options, TimeProvider time)
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    // Well beyond the longest attempt: otherwise a second process would send the same report meanwhile.
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(5);

    // A server that restarts is back within the first tries; one that is away for the night is asked hourly.
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Until when a delivery that is taken now belongs to who took it.</summary>
    public DateTimeOffset ClaimedUntil => Now + s_claim;

    /// <summary>When a delivery that has just failed is tried again; null when it no longer is.</summary>
    public DateTimeOffset? NextAfter(Delivery failed)
    {
        if (Now - failed.CreatedAt >= options.Value.GiveUpAfter)
            return null;
        // Doubles from 15 s; the shift stays far from overflowing because an hour is reached after eight.
        var pause = failed.Attempts < 8 ? s_firstPause * (1 << failed.Attempts) : s_longestPause;
        return Now + (pause < s_longestPause ? pause : s_longestPause);
    }
}
