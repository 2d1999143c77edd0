using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.RabbitMqTransport.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Hosting.Broker;

/// <summary>What a broker has to hold for the consumers of a process, in the shape of RabbitMQ's definitions.</summary>
public sealed record BusTopology
{
    /// <summary>The queues, those of <c>_error</c> and <c>_skipped</c> among them.</summary>
    public required IReadOnlyList<QueueDefinition> Queues { get; init; }

    /// <summary>The exchanges of queues and messages.</summary>
    public required IReadOnlyList<ExchangeDefinition> Exchanges { get; init; }

    /// <summary>What flows from where to where.</summary>
    public required IReadOnlyList<BindingDefinition> Bindings { get; init; }

    /// <summary>Reads the topology off the bus of a process, which needs neither be started nor have its broker.</summary>
    /// <param name="services">The process: <see cref="Bus.AddBus"/> with the address of a broker.</param>
    public static BusTopology Of(IServiceProvider services)
    {
        var bus = (IRabbitMqBusTopology)services.GetRequiredService<IBusControl>().Topology;
        // MassTransit publishes it, so its exchange will be there some day.
        bus.Publish<ReceiveFault>();
        return Of(
        [
            bus.PublishTopology.GetPublishBrokerTopology(),
            .. services.GetRequiredService<ConsumedEndpoints>().All.SelectMany(Parts),
        ]);
    }

    // A queue with its bindings, and where it puts what failed and what nobody understood.
    private static IEnumerable<BrokerTopology> Parts(IRabbitMqReceiveEndpointConfiguration endpoint) =>
    [
        Consumed(endpoint),
        endpoint.Topology.Send.GetErrorSettings(endpoint.Settings).GetBrokerTopology(),
        endpoint.Topology.Send.GetDeadLetterSettings(endpoint.Settings).GetBrokerTopology(),
    ];

    // As the endpoint does when it starts: its own builder is out of reach.
    private static BrokerTopology Consumed(IRabbitMqReceiveEndpointConfiguration endpoint)
    {
        var settings = endpoint.Settings;
        var builder = new ReceiveEndpointBrokerTopologyBuilder();
        builder.Exchange = builder.ExchangeDeclare(
            settings.ExchangeName, settings.ExchangeType, settings.Durable, settings.AutoDelete, settings.ExchangeArguments);
        builder.Queue = builder.QueueDeclare(
            settings.QueueName, settings.Durable, settings.AutoDelete, settings.Exclusive, settings.QueueArguments);
        builder.QueueBind(builder.Exchange, builder.Queue, settings.RoutingKey, settings.BindingArguments);
        endpoint.Topology.Consume.Apply(builder);
        return builder.BuildBrokerTopology();
    }

    private static BusTopology Of(IReadOnlyList<BrokerTopology> parts) => new()
    {
        Queues = [.. parts.SelectMany(part => part.Queues).DistinctBy(queue => queue.QueueName)
            .OrderBy(queue => queue.QueueName, StringComparer.Ordinal)
            .Select(queue => new QueueDefinition
            {
                Name = queue.QueueName,
                Durable = queue.Durable,
                AutoDelete = queue.AutoDelete,
                Arguments = queue.QueueArguments.AsReadOnly(),
            })],
        Exchanges = [.. parts.SelectMany(part => part.Exchanges).DistinctBy(exchange => exchange.ExchangeName)
            .OrderBy(exchange => exchange.ExchangeName, StringComparer.Ordinal)
            .Select(exchange => new ExchangeDefinition
            {
                Name = exchange.ExchangeName,
                Type = exchange.ExchangeType,
                Durable = exchange.Durable,
                AutoDelete = exchange.AutoDelete,
                Arguments = exchange.ExchangeArguments.AsReadOnly(),
            })],
        Bindings = [.. parts.SelectMany(BindingsOf).DistinctBy(binding => (binding.Source, binding.DestinationType, binding.Destination))
            .OrderBy(binding => binding.Source, StringComparer.Ordinal).ThenBy(binding => binding.Destination, StringComparer.Ordinal)],
    };

    private static IEnumerable<BindingDefinition> BindingsOf(BrokerTopology part) =>
    [
        .. part.ExchangeBindings.Select(binding => new BindingDefinition
        {
            Source = binding.Source.ExchangeName,
            Destination = binding.Destination.ExchangeName,
            DestinationType = BindingDefinition.ToExchange,
            RoutingKey = binding.RoutingKey,
            Arguments = binding.Arguments.AsReadOnly(),
        }),
        .. part.QueueBindings.Select(binding => new BindingDefinition
        {
            Source = binding.Source.ExchangeName,
            Destination = binding.Destination.QueueName,
            DestinationType = BindingDefinition.ToQueue,
            RoutingKey = binding.RoutingKey,
            Arguments = binding.Arguments.AsReadOnly(),
        }),
    ];
}
