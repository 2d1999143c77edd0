using MassTransit;

namespace Benchmark.Hosting;

/// <summary>How often a service tries a message again before the message goes to the queue's <c>_error</c>.</summary>
public static class TransientFaultRetry
{
    private static readonly int[] s_milliseconds = [200, 1_000, 4_000, 10_000, 15_000];

    /// <summary>Whether a failure of this delivery is not followed by another attempt.</summary>
    public static bool IsLastAttempt(this ConsumeContext context) =>
        context.GetRetryAttempt() >= s_milliseconds.Length;

    /// <summary>
    /// Retries a message five times within half a minute. The first retry comes after 200 ms, because a hiccup of the
    /// volume or of a connection passes in a moment and a person may be waiting; the last after 30 s, because a
    /// failover of a file server or database takes that long. A full disk needs a person: the message then waits in
    /// <c>_error</c>.
    /// </summary>
    /// <remarks>An <see cref="ArgumentException"/> is not retried: an invalid name stays invalid.</remarks>
    public static void UseTransientFaultRetry(this IReceiveEndpointConfigurator endpoint) =>
        endpoint.UseMessageRetry(Retry);

    /// <summary>The same for one of several consumers of a queue.</summary>
    public static void UseTransientFaultRetry<TConsumer>(this IConsumerConfigurator<TConsumer> consumer)
        where TConsumer : class =>
        consumer.UseMessageRetry(Retry);

    private static void Retry(IRetryConfigurator retry)
    {
        retry.Intervals(s_milliseconds);
        retry.Ignore<ArgumentException>();
    }
}
