using Benchmark.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Saga;

/// <summary>
/// Drops, with a warning, the fault of a request that belongs to no run; the request itself waits in
/// <c>fetcher_error</c>.
/// </summary>
internal sealed class FaultWithoutRunFilter(ILogger<FaultWithoutRunFilter> logger)
    : IFilter<ConsumeContext<Fault<RefreshModel>>>
{
    /// <summary>
    /// The run that a request belongs to; one without a run opens a run under the id of its message.
    /// </summary>
    public static Guid? RunOf(Fault<RefreshModel> fault) => fault.Message.RunId ?? fault.FaultedMessageId;

    public Task Send(ConsumeContext<Fault<RefreshModel>> context, IPipe<ConsumeContext<Fault<RefreshModel>>> next)
    {
        if (RunOf(context.Message) is not null)
            return next.Send(context);

        var request = context.Message.Message;
        logger.FaultWithoutRun(request.ValueStream, request.Model);
        // Otherwise the message would count as not consumed and be moved to notifier_skipped.
        return context.NotifyConsumed(TimeSpan.Zero, nameof(FaultWithoutRunFilter));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("faultWithoutRun");
}
