using System.Collections.Concurrent;
using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;

namespace Benchmark.Hosting.Broker;

/// <summary>The endpoints of this process on a broker, known once its bus is built.</summary>
internal sealed class ConsumedEndpoints
{
    private readonly List<IRabbitMqReceiveEndpointConfiguration> _endpoints = [];
    private readonly ConcurrentDictionary<Uri, bool> _held = [];

    public IReadOnlyList<IRabbitMqReceiveEndpointConfiguration> All => _endpoints;

    public void Add(IReceiveEndpointConfigurator endpoint) =>
        _endpoints.Add((IRabbitMqReceiveEndpointConfiguration)endpoint);

    /// <summary>Takes note that this process takes nothing from a queue for now, by its own will.</summary>
    public void Hold(Uri address) => _held[address] = true;

    /// <summary>Takes note that it does again.</summary>
    public void Release(Uri address) => _held.TryRemove(address, out _);

    /// <summary>Whether it does not.</summary>
    public bool IsHeld(Uri address) => _held.ContainsKey(address);
}
