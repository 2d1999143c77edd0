using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>One broker for all tests of this project; each test has a virtual host of its own.</summary>
public sealed class Broker : IAsyncLifetime
{
    public RabbitServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RabbitServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(nameof(Broker))]
public sealed class BrokerCollection : ICollectionFixture<Broker>;
