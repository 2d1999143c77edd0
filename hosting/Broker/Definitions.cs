namespace Benchmark.Hosting.Broker;

/// <summary>A queue, as RabbitMQ's definitions write it.</summary>
public sealed record QueueDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Outlives a restart of the broker.</summary>
    public required bool Durable { get; init; }

    /// <summary>Goes with its last consumer.</summary>
    public required bool AutoDelete { get; init; }

    /// <summary>Its type and limits.</summary>
    public required IReadOnlyDictionary<string, object> Arguments { get; init; }
}

/// <summary>An exchange, as RabbitMQ's definitions write it.</summary>
public sealed record ExchangeDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How it routes.</summary>
    public required string Type { get; init; }

    /// <summary>Outlives a restart of the broker.</summary>
    public required bool Durable { get; init; }

    /// <summary>Goes with its last binding.</summary>
    public required bool AutoDelete { get; init; }

    /// <summary>More about its routing.</summary>
    public required IReadOnlyDictionary<string, object> Arguments { get; init; }
}

/// <summary>A binding, as RabbitMQ's definitions write it.</summary>
public sealed record BindingDefinition
{
    /// <summary>The <see cref="DestinationType"/> of an exchange.</summary>
    public const string ToExchange = "exchange";

    /// <summary>The <see cref="DestinationType"/> of a queue.</summary>
    public const string ToQueue = "queue";

    /// <summary>The exchange that messages come from.</summary>
    public required string Source { get; init; }

    /// <summary>The queue or exchange that they go to.</summary>
    public required string Destination { get; init; }

    /// <summary><see cref="ToExchange"/> or <see cref="ToQueue"/>.</summary>
    public required string DestinationType { get; init; }

    /// <summary>Which messages; a fanout exchange does not look at it.</summary>
    public required string RoutingKey { get; init; }

    /// <summary>More about which messages.</summary>
    public required IReadOnlyDictionary<string, object> Arguments { get; init; }
}
