using System.Diagnostics;
using MassTransit;

namespace Benchmark.Hosting.Tracing;

/// <summary>
/// Tags the span in which a message is received, sent or published; spans below it inherit the tags. The span that
/// sends a message about a failure becomes an error.
/// </summary>
internal sealed class MessageTagObserver(MessageTagging tagging) : IConsumeObserver, ISendObserver, IPublishObserver
{
    public Task PreConsume<T>(ConsumeContext<T> context)
        where T : class
    {
        Activity.Current?.Tag(tagging.Tags(Subject(context.Message)));
        return Task.CompletedTask;
    }

    public Task PreSend<T>(SendContext<T> context)
        where T : class => TagAsync(context.Message);

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => TagAsync(context.Message);

    public Task PostConsume<T>(ConsumeContext<T> context)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PostSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    private Task TagAsync(object message)
    {
        if (Activity.Current is { Kind: ActivityKind.Producer } sending)
        {
            sending.Tag(tagging.Tags(Subject(message)));
            if (tagging.Failure(message) is { } reason)
                sending.Parent?.SetStatus(ActivityStatusCode.Error, reason);
        }
        return Task.CompletedTask;
    }

    // A fault is about the message that could not be consumed.
    private static object Subject(object message) => message is Fault<object> fault ? fault.Message : message;
}
