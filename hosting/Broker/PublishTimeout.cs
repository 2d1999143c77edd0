using MassTransit;
using MassTransit.Context;
using MassTransit.Transports;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Bounds every publish by time. The transport waits for the broker for ever: one that is out of memory does not
/// answer, and one that refuses to take a message from this user is asked again and again. A refusal also closes the
/// channel that a consumer has its messages from: they stay in the queue, and are tried again until it is mended.
/// </summary>
internal static class PublishTimeout
{
    /// <summary>Well within the half hour after which the broker takes a message back from its consumer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Publishes, or says that the broker did not take the message in time.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public static async Task BoundAsync(Type message, Func<CancellationToken, Task> publish, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(Patience);
        try
        {
            // The transport does not look at its token in every step.
            await publish(inTime.Token).WaitAsync(inTime.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The broker did not take {TypeCache.GetShortName(message)} within {Patience.TotalSeconds:0} s. Check that it is up, that no memory or "
                + "disk alarm is on, and that this user may write to the message's exchange; the broker's log names a refusal.", e);
        }
    }
}

/// <summary>Bounds what a consumer publishes, and what is published of its faults.</summary>
internal sealed class PublishTimeoutFilter : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) => next.Send(new InTimeReceiveContext(context));

    public void Probe(ProbeContext context) => context.CreateFilterScope("publishTimeout");

    private sealed class InTimeReceiveContext(ReceiveContext context) : ReceiveContextProxy(context)
    {
        public override IPublishEndpointProvider PublishEndpointProvider { get; } = new InTimeProvider(context.PublishEndpointProvider);
    }

    private sealed class InTimeProvider(IPublishEndpointProvider provider) : IPublishEndpointProvider
    {
        public ConnectHandle ConnectPublishObserver(IPublishObserver observer) => provider.ConnectPublishObserver(observer);

        public async Task<ISendEndpoint> GetPublishSendEndpoint<T>()
            where T : class =>
            new InTimeEndpoint(await provider.GetPublishSendEndpoint<T>());
    }

    private sealed class InTimeEndpoint(ISendEndpoint endpoint) : SendEndpointProxy(endpoint)
    {
        public override Task Send<T>(T message, CancellationToken cancellationToken) =>
            PublishTimeout.BoundAsync(typeof(T), ct => Endpoint.Send(message, ct), cancellationToken);

        public override Task Send<T>(T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken) =>
            PublishTimeout.BoundAsync(typeof(T), ct => Endpoint.Send(message, pipe, ct), cancellationToken);

        public override Task Send<T>(T message, IPipe<SendContext> pipe, CancellationToken cancellationToken) =>
            PublishTimeout.BoundAsync(typeof(T), ct => Endpoint.Send(message, pipe, ct), cancellationToken);

        protected override IPipe<SendContext<T>> GetPipeProxy<T>(IPipe<SendContext<T>>? pipe = null) =>
            pipe ?? Pipe.Empty<SendContext<T>>();
    }
}
