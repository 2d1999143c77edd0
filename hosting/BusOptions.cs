namespace Benchmark.Hosting;

/// <summary>Which bus carries the messages. Configuration section <c>RabbitMq</c>.</summary>
public sealed class BusOptions
{
    /// <summary><c>amqp[s]://user:password@host:port/vhost</c>; none means in memory, within this process. A secret.</summary>
    public string? Uri { get; set; }
}
