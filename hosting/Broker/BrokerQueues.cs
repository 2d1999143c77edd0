using Microsoft.Extensions.Configuration;

namespace Benchmark.Hosting.Broker;

/// <summary>How many messages wait in queues of the broker.</summary>
public static class BrokerQueues
{
    /// <summary>
    /// The number of messages in each of these queues that exists; null for a bus in memory, which has no such queues.
    /// Needs no permission.
    /// </summary>
    /// <param name="configuration">Contains the broker's address.</param>
    /// <param name="queues">The queues to look at.</param>
    /// <param name="ct">Cancels the look.</param>
    /// <exception cref="BrokerException">The broker cannot be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<string, uint>?> MessagesAsync(
        IConfiguration configuration, IEnumerable<string> queues, CancellationToken ct)
    {
        if (BusOptions.Broker(configuration) is not { } broker)
            return null;
        await using var connection = await BrokerProbe.ConnectAsync(broker, "benchmark pages", ct);
        var messages = new Dictionary<string, uint>();
        foreach (var queue in queues)
        {
            await BrokerProbe.ExistsAsync(
                connection,
                async (channel, inTime) =>
                    messages[queue] = (await channel.QueueDeclarePassiveAsync(queue, inTime)).MessageCount,
                ct);
        }
        return messages;
    }
}
