using System.Collections.Concurrent;
using System.Threading.Channels;
using MassTransit;

namespace Benchmark.Tests.Support;

/// <summary>Sees what a bus consumes and publishes, so that a test can wait for it instead of sleeping.</summary>
public sealed class BusProbe : IConsumeObserver, IPublishObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _byId = [];
    private readonly ConcurrentDictionary<Type, TaskCompletionSource> _byType = [];
    private readonly Channel<object> _consumed = Channel.CreateUnbounded<object>();
    private readonly ConcurrentQueue<object> _published = [];

    private BusProbe()
    {
    }

    /// <summary>A probe on a bus that has been started.</summary>
    public static BusProbe On(IBus bus)
    {
        var probe = new BusProbe();
        bus.ConnectConsumeObserver(probe);
        bus.ConnectPublishObserver(probe);
        return probe;
    }

    /// <summary>Publishes a message and waits until a consumer is done with it.</summary>
    /// <param name="publish">Publishes the message under the id that it is given.</param>
    /// <exception cref="Exception">What the consumer threw, on its first attempt.</exception>
    public async Task PublishAndConsumeAsync(Func<Guid, Task> publish)
    {
        var id = NewId.NextGuid();
        var consumed = _byId.GetOrAdd(id, _ => NewSource());
        await publish(id);
        await consumed.Task;
    }

    /// <summary>Waits until a message of this type has been consumed, at any time since the start.</summary>
    public Task ConsumedAsync<T>()
        where T : class => _byType.GetOrAdd(typeof(T), _ => NewSource()).Task;

    /// <summary>Waits for the next message that is consumed without an error, whatever attempts it took.</summary>
    public async Task<object> NextConsumedAsync() => await _consumed.Reader.ReadAsync();

    /// <summary>The messages of a type that have been published so far, oldest first.</summary>
    public IReadOnlyList<T> Published<T>()
        where T : class => [.. _published.OfType<T>()];

    Task IConsumeObserver.PostConsume<T>(ConsumeContext<T> context)
    {
        _byType.GetOrAdd(typeof(T), _ => NewSource()).TrySetResult();
        if (context.MessageId is { } id && _byId.TryGetValue(id, out var consumed))
            consumed.TrySetResult();
        _consumed.Writer.TryWrite(context.Message);
        return Task.CompletedTask;
    }

    Task IConsumeObserver.ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
    {
        if (context.MessageId is { } id && _byId.TryGetValue(id, out var consumed))
            consumed.TrySetException(exception);
        return Task.CompletedTask;
    }

    Task IPublishObserver.PostPublish<T>(PublishContext<T> context)
    {
        _published.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    Task IConsumeObserver.PreConsume<T>(ConsumeContext<T> context) => Task.CompletedTask;

    Task IPublishObserver.PrePublish<T>(PublishContext<T> context) => Task.CompletedTask;

    Task IPublishObserver.PublishFault<T>(PublishContext<T> context, Exception exception) => Task.CompletedTask;

    // Continuations must not run inside the bus's own pipeline.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
