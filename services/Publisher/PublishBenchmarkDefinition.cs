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
        // A swap mostly waits for the disk, and the file system combines concurrent flushes: on a busy disk, 200 models
        // took 1 to 2 s with 16 at a time and 8 to 10 s one by one; 32 at a time were no faster.
        ConcurrentMessageLimit = 16;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<PublishBenchmarkConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // One message waits for each in work; more gain nothing and are redelivered when the process stops.
        endpointConfigurator.PrefetchCount = 2 * ConcurrentMessageLimit!.Value;
        endpointConfigurator.UseTransientFaultRetry();

        // Publishers of one model may race, but the loser has built a version for nothing, so messages of one model
        // wait for each other. More partitions than concurrent messages, so that few models share one by chance.
        consumerConfigurator.Message<ModelValidated>(message => message.UsePartitioner(
            64, validated => $"{validated.Message.ValueStream}/{validated.Message.Model}"));

        endpointConfigurator.UseQuorumQueue();
        // A second replica is a standby: the broker gives it messages when the first is gone.
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.SingleActiveConsumer = true;
        // Not for publisher_error and publisher_skipped: 'Get messages' in the management UI fails for a queue with a
        // single active consumer.
        if (endpointConfigurator is IRabbitMqEndpointConfiguration { Topology.Send: var send })
        {
            send.ConfigureErrorSettings = queue => queue.SingleActiveConsumer = false;
            send.ConfigureDeadLetterSettings = queue => queue.SingleActiveConsumer = false;
        }
    }
}
