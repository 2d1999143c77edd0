using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.RabbitMqTransport.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// The queues, exchanges and bindings that the consumers of a process need, in the form of RabbitMQ definitions.
/// </summary>
public sealed record BusTopology
{
    /// <summary>The queues, including <c>_error</c> and <c>_skipped</c>.</summary>
    public required IReadOnlyList<QueueDefinition> Queues { get; init; }

    /// <summary>The exchanges of queues and messages.</summary>
    public required IReadOnlyList<ExchangeDefinition> Exchanges { get; init; }

    /// <summary>The bindings between exchanges and queues.</summary>
    public required IReadOnlyList<BindingDefinition> Bindings { get; init; }

    /// <summary>The topology of a process's bus, which need not be started and needs no broker.</summary>
    /// <param name="services">The process: <see cref="Bus.AddBus"/> with the address of a broker.</param>
    public static BusTopology Of(IServiceProvider services)
    {
        var bus = (IRabbitMqBusTopology)services.GetRequiredService<IBusControl>().Topology;
        // MassTransit publishes this message on failures, so its exchange is part of the topology.
        bus.Publish<ReceiveFault>();
        return Of(
        [
            bus.PublishTopology.GetPublishBrokerTopology(),
            .. services.GetRequiredService<ConsumedEndpoints>().All.SelectMany(Parts),
        ]);
    }

    // A queue with its bindings, its _error queue and its _skipped queue.
    private static IEnumerable<BrokerTopology> Parts(IRabbitMqReceiveEndpointConfiguration endpoint) =>
    [
        Consumed(endpoint),
        endpoint.Topology.Send.GetErrorSettings(endpoint.Settings).GetBrokerTopology(),
        endpoint.Topology.Send.GetDeadLetterSettings(endpoint.Settings).GetBrokerTopology(),
    ];

    // Builds what the endpoint declares when it starts; its own builder is not accessible.
    private static BrokerTopology Consumed(IRabbitMqReceiveEndpointConfiguration endpoint)
    {
        var settings = endpoint.Settings;
        var builder = new ReceiveEndpointBrokerTopologyBuilder();
        builder.Exchange = builder.ExchangeDeclare(
            settings.ExchangeName, settings.ExchangeType, settings.Durable, settings.AutoDelete,
            settings.ExchangeArguments);
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
        Bindings = [.. parts.SelectMany(BindingsOf)
            .DistinctBy(binding => (binding.Source, binding.DestinationType, binding.Destination))
            .OrderBy(binding => binding.Source, StringComparer.Ordinal)
                .ThenBy(binding => binding.Destination, StringComparer.Ordinal)],
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
