using MassTransit;

namespace Benchmark.Hosting;

/// <summary>How the queues of all services are kept by the broker.</summary>
public static class SafeQueue
{
    // So many that it is no limit. RabbitMQ 3.10 has none unless told, 4.0 and later drop a message at the 21st.
    private const int NoDeliveryLimit = int.MaxValue;

    /// <summary>
    /// Makes the queue a quorum queue that drops no message, however often it was delivered in vain: pods that are
    /// killed, and people who look at <c>_error</c> in the dashboard, count as deliveries, too. The queue's
    /// <c>_error</c> and <c>_skipped</c> are made the same way.
    /// </summary>
    /// <remarks>
    /// A message that kills whoever takes it comes again and again. To set such messages aside, give the broker a policy
    /// with <c>delivery-limit</c> and a dead-letter queue that exists: of policy and argument the lower one counts.
    /// </remarks>
    public static void UseSafeQueue(this IReceiveEndpointConfigurator endpoint)
    {
        // In memory there is none.
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit)
            return;
        rabbit.SetQuorumQueue();
        rabbit.SetQueueArgument("x-delivery-limit", NoDeliveryLimit);
    }
}
