using System.ComponentModel.DataAnnotations;
using Benchmark.Hosting.Broker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting;

/// <summary>Which bus carries the messages. Configuration section <c>RabbitMq</c>.</summary>
public sealed class BusOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RabbitMq";

    /// <summary>
    /// The broker: <c>amqp[s]://user:password@host:port/vhost</c>; several hosts of one cluster with commas between
    /// them. Without it the bus is in memory, within the process
    /// of a
    /// <c>benchmark</c> command; a service alone refuses to start. A secret.
    /// </summary>
    public string? Uri { get; set; }

    /// <summary>
    /// How long a service keeps running when the broker accepts its connection but not its consumers, before it exits
    /// to be restarted. Default 2 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:04", "1.00:00:00")]
    public TimeSpan RestartAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The broker's <c>consumer_timeout</c>, after which it takes a message back: what <c>benchmark check</c> compares
    /// <c>fetch_timeout</c> with. AMQP does not tell. Default 30 min, RabbitMQ's own.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan ConsumerTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The broker's address; null for a bus in memory.</summary>
    /// <exception cref="OptionsValidationException">The setting is not a broker address. The message never repeats it:
    /// it is a secret.</exception>
    internal static BrokerAddress? Broker(IConfiguration configuration)
    {
        var text = configuration["RabbitMq:Uri"];
        if (string.IsNullOrEmpty(text))
            return null;
        return BrokerAddress.Parse(text) ?? throw new OptionsValidationException("RabbitMq", typeof(BusOptions),
                ["RabbitMq:Uri (RABBITMQ_URI, --broker) is not a broker address. Allowed is "
                    + "amqp[s]://user:password@host:port/vhost, or several hosts with commas between them."]);
    }
}
