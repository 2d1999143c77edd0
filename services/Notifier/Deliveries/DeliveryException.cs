namespace Benchmark.Notifier.Deliveries;

/// <summary>An attempt to deliver that failed, in words for people.</summary>
internal sealed class DeliveryException(string problem, Exception? reason = null) : Exception(problem, reason)
{
    /// <summary>Whether every further attempt would end in the same way.</summary>
    public bool IsFinal { get; init; }

    /// <summary>How long to wait for the next attempt; null for as long as the schedule says.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
