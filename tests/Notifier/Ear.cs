using System.Collections.Concurrent;
using MassTransit;

namespace Benchmark.Notifier.Tests;

/// <summary>Knows which messages a bus has consumed and published, and lets a test wait for that.</summary>
internal sealed class Ear : IConsumeObserver, IPublishObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _byId = [];
    private readonly ConcurrentDictionary<Type, TaskCompletionSource> _byType = [];
    private readonly ConcurrentQueue<object> _published = [];

    public async Task HeardAsync(Func<Guid, Task> publish)
    {
        var id = NewId.NextGuid();
        var heard = _byId.GetOrAdd(id, _ => New());
        await publish(id);
        await heard.Task;
    }

    public Task HeardAsync<T>()
        where T : class => _byType.GetOrAdd(typeof(T), _ => New()).Task;

    public IReadOnlyList<T> Published<T>()
        where T : class => [.. _published.OfType<T>()];

    Task IConsumeObserver.PostConsume<T>(ConsumeContext<T> context)
    {
        _byType.GetOrAdd(typeof(T), _ => New()).TrySetResult();
        if (_byId.TryGetValue(context.MessageId!.Value, out var heard))
            heard.TrySetResult();
        return Task.CompletedTask;
    }

    Task IConsumeObserver.ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
    {
        if (_byId.TryGetValue(context.MessageId!.Value, out var heard))
            heard.TrySetException(exception);
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
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
