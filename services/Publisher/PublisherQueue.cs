using Benchmark.Contracts;
using Benchmark.Hosting;
using MassTransit;
using MassTransit.Middleware;
using MassTransit.RabbitMqTransport.Configuration;

namespace Benchmark.Publisher;

/// <summary>How the queue <c>publisher</c> is served, whatever a message asks for.</summary>
internal abstract class PublisherQueue<TConsumer, TMessage> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer<TMessage>
    where TMessage : class
{
    // A swap mostly waits for the disk, and the file system combines concurrent flushes: on a busy disk, 200 models
    // took 1 to 2 s with 16 at a time and 8 to 10 s one by one; 32 at a time were no faster.
    private const int AtOnce = 16;

    private readonly ModelPartitions _partitions;
    private readonly Func<TMessage, (string ValueStream, string Model)> _name;

    protected PublisherQueue(ModelPartitions partitions, Func<TMessage, (string ValueStream, string Model)> name)
    {
        (_partitions, _name) = (partitions, name);
        EndpointName = Queues.Publisher;
        ConcurrentMessageLimit = AtOnce;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // Of the consumer and not of the queue, which every one of its consumers configures.
        consumerConfigurator.UseTransientFaultRetry();
        consumerConfigurator.Message<TMessage>(message => message.UsePartitioner(
            _partitions.Partitioner, asked => _name(asked.Message) is var (stream, model) ? $"{stream}/{model}" : ""));

        // One message waits for each in work; more gain nothing and are redelivered when the process stops.
        endpointConfigurator.PrefetchCount = 2 * AtOnce;
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

/// <summary>
/// Publishers of one model may race, but the loser has built a version for nothing, so messages of one model wait for
/// each other, whatever they ask for. More partitions than concurrent messages, so that few models share one by chance.
/// </summary>
internal sealed class ModelPartitions
{
    public IPartitioner Partitioner { get; } = new Partitioner(64, new Murmur3UnsafeHashGenerator());
}
