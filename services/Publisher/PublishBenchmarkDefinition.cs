using Benchmark.Contracts;
using Benchmark.Hosting;
using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;

namespace Benchmark.Publisher;

/// <summary>How the queue <c>publisher</c> is served.</summary>
internal sealed class PublishBenchmarkDefinition : ConsumerDefinition<PublishBenchmarkConsumer>
{
    public PublishBenchmarkDefinition()
    {
        EndpointName = Queues.Publisher;
        // A swap mostly waits for the disk, and flushes that wait together are done together by the file system: 200
        // models took 1 to 2 s with 16 at a time and 8 to 10 s one by one, on a busy disk; 32 were no better.
        ConcurrentMessageLimit = 16;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<PublishBenchmarkConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // One message waiting beside each at work: more would gain nothing, and is delivered again when this one goes.
        endpointConfigurator.PrefetchCount = 2 * ConcurrentMessageLimit!.Value;
        endpointConfigurator.UseTransientFaultRetry();

        // The protocol lets publishers of one model race, and one of them then builds in vain. Here messages of one
        // model wait for each other; more partitions than messages at a time, so that few models share one by chance.
        consumerConfigurator.Message<ModelValidated>(message => message.UsePartitioner(
            64, validated => $"{validated.Message.ValueStream}/{validated.Message.Model}"));

        endpointConfigurator.UseQuorumQueue();
        // A second replica is a spare: the broker gives it messages when the first is gone.
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.SingleActiveConsumer = true;
        // publisher_error and publisher_skipped would be so as well, and the broker lets nobody look into such a queue:
        // 'Get messages' of the dashboard fails.
        if (endpointConfigurator is IRabbitMqEndpointConfiguration { Topology.Send: var send })
        {
            send.ConfigureErrorSettings = queue => queue.SingleActiveConsumer = false;
            send.ConfigureDeadLetterSettings = queue => queue.SingleActiveConsumer = false;
        }
    }
}
