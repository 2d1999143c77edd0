using MassTransit;

namespace Benchmark.Hosting.Broker;

/// <summary>Publishing outside a consumer.</summary>
public static class PublishExtensions
{
    /// <summary>Publishes a message with the same limit as in a consumer: 20 s.</summary>
    /// <exception cref="TimeoutException">The broker did not confirm it in time.</exception>
    public static Task PublishInTimeAsync<T>(this IBus bus, T message, CancellationToken ct)
        where T : class =>
        PublishTimeout.BoundAsync(typeof(T), inTime => bus.Publish(message, inTime), ct);
}
