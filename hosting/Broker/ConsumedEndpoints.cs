using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;

namespace Benchmark.Hosting.Broker;

/// <summary>The endpoints of this process on a broker, known once its bus is built.</summary>
internal sealed class ConsumedEndpoints
{
    private readonly List<IRabbitMqReceiveEndpointConfiguration> _endpoints = [];

    public IReadOnlyList<IRabbitMqReceiveEndpointConfiguration> All => _endpoints;

    public void Add(IReceiveEndpointConfigurator endpoint) =>
        _endpoints.Add((IRabbitMqReceiveEndpointConfiguration)endpoint);
}
