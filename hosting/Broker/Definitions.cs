namespace Benchmark.Hosting.Broker;

/// <summary>A queue in the form of RabbitMQ definitions.</summary>
public sealed record QueueDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Survives a restart of the broker.</summary>
    public required bool Durable { get; init; }

    /// <summary>Deleted with its last consumer.</summary>
    public required bool AutoDelete { get; init; }

    /// <summary>Its type and limits.</summary>
    public required IReadOnlyDictionary<string, object> Arguments { get; init; }
}

/// <summary>An exchange in the form of RabbitMQ definitions.</summary>
public sealed record ExchangeDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How it routes.</summary>
    public required string Type { get; init; }

    /// <summary>Survives a restart of the broker.</summary>
    public required bool Durable { get; init; }

    /// <summary>Deleted with its last binding.</summary>
    public required bool AutoDelete { get; init; }

    /// <summary>Further routing arguments.</summary>
    public required IReadOnlyDictionary<string, object> Arguments { get; init; }
}

/// <summary>A binding in the form of RabbitMQ definitions.</summary>
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

    /// <summary>Selects messages; ignored by a fanout exchange.</summary>
    public required string RoutingKey { get; init; }

    /// <summary>Further selection arguments.</summary>
    public required IReadOnlyDictionary<string, object> Arguments { get; init; }
}
