using MassTransit;
using MassTransit.Context;
using MassTransit.Transports;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Limits the time of every publish. The transport itself waits without end: for a broker with a memory alarm, which
/// does not answer, and for one that refuses this user's message, which it retries. A refusal also closes the
/// consumer's channel: its messages stay in the queue and are redelivered until the permission is granted.
/// </summary>
internal static class PublishTimeout
{
    /// <summary>Well below the 30 minutes after which the broker redelivers an unacknowledged message.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Publishes within the limit.</summary>
    /// <exception cref="TimeoutException">The broker did not confirm the message in time.</exception>
    public static async Task BoundAsync(Type message, Func<CancellationToken, Task> publish, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(Limit);
        try
        {
            // The transport does not observe the token in every step.
            await publish(inTime.Token).WaitAsync(inTime.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The broker did not confirm {TypeCache.GetShortName(message)} within {Limit.TotalSeconds:0} s. "
                + "Check that it is up, that no memory or "
                + "disk alarm is on, and that this user may write to the message's exchange; the broker's log names "
                + "a refusal.", e);
        }
    }
}

/// <summary>Limits the time of what a consumer publishes, faults included.</summary>
internal sealed class PublishTimeoutFilter : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        next.Send(new InTimeReceiveContext(context));

    public void Probe(ProbeContext context) => context.CreateFilterScope("publishTimeout");

    private sealed class InTimeReceiveContext(ReceiveContext context) : ReceiveContextProxy(context)
    {
        public override IPublishEndpointProvider PublishEndpointProvider { get; } = new InTimeProvider(
            context.PublishEndpointProvider);
    }

    private sealed class InTimeProvider(IPublishEndpointProvider provider) : IPublishEndpointProvider
    {
        public ConnectHandle ConnectPublishObserver(IPublishObserver observer) =>
            provider.ConnectPublishObserver(observer);

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
