using MassTransit;

namespace Benchmark.Hosting.Broker;

/// <summary>Publishing outside a consumer.</summary>
public static class PublishExtensions
{
    /// <summary>Publishes a message as a consumer does: the broker takes it within 20 s, or it is an error.</summary>
    /// <exception cref="TimeoutException">The broker did not take it in time.</exception>
    public static Task PublishInTimeAsync<T>(this IBus bus, T message, CancellationToken ct)
        where T : class =>
        PublishTimeout.BoundAsync(typeof(T), inTime => bus.Publish(message, inTime), ct);
}
