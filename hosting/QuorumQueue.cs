using MassTransit;

namespace Benchmark.Hosting;

/// <summary>The kind of queue that every service consumes from.</summary>
public static class QuorumQueue
{
    // So high that it never applies. RabbitMQ 3.10 has no limit by default, 4.0 and later drop a message at the 21st
    // delivery.
    private const int NoDeliveryLimit = int.MaxValue;

    /// <summary>
    /// Makes the queue a quorum queue without a delivery limit, and its <c>_error</c> and <c>_skipped</c> queues
    /// likewise. Killed pods, and people who look into <c>_error</c> in the dashboard, count as deliveries, so a limit
    /// would drop messages that nothing is wrong with. Does nothing for a bus in memory.
    /// </summary>
    /// <remarks>
    /// A message that kills whoever takes it is delivered again and again. To set such messages aside, give the broker
    /// a policy with <c>delivery-limit</c> and a dead-letter queue that exists: the lower one of policy and argument
    /// applies.
    /// </remarks>
    public static void UseQuorumQueue(this IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit)
            return;
        rabbit.SetQuorumQueue();
        rabbit.SetQueueArgument("x-delivery-limit", NoDeliveryLimit);
    }
}
