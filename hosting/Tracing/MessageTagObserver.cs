using System.Diagnostics;
using MassTransit;

namespace Benchmark.Hosting.Tracing;

/// <summary>
/// Tags the span in which a message is received, sent or published; those below it inherit the tags. A message that
/// tells of a failure makes an error of the span that sends it.
/// </summary>
internal sealed class MessageTagObserver(MessageTagging tagging) : IConsumeObserver, ISendObserver, IPublishObserver
{
    public Task PreConsume<T>(ConsumeContext<T> context)
        where T : class
    {
        Activity.Current?.Tag(tagging.Tags(Told(context.Message)));
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
            sending.Tag(tagging.Tags(Told(message)));
            if (tagging.Failure(message) is { } reason)
                sending.Parent?.SetStatus(ActivityStatusCode.Error, reason);
        }
        return Task.CompletedTask;
    }

    // A fault is about the message that could not be consumed.
    private static object Told(object message) => message is Fault<object> fault ? fault.Message : message;
}
