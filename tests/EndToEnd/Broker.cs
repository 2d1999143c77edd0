using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>A broker for a collection of tests; each test has a virtual host of its own.</summary>
public sealed class Broker : IAsyncLifetime
{
    public RabbitServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RabbitServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(nameof(Broker))]
public sealed class BrokerCollection : ICollectionFixture<Broker>;

/// <summary>The tests that wait the longest, on a broker of their own, at the same time as the others.</summary>
[CollectionDefinition(Name)]
public sealed class PatientBrokerCollection : ICollectionFixture<Broker>
{
    public const string Name = "a broker for patient tests";
}

/// <summary>The tests of what each user of the broker may do, likewise.</summary>
[CollectionDefinition(Name)]
public sealed class BrokerOfUsersCollection : ICollectionFixture<Broker>
{
    public const string Name = "a broker for tests of its users";
}
