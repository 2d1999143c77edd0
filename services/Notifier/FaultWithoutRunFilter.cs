using Benchmark.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier;

/// <summary>
/// Keeps back the fault of a request that a person published without a run: there is no run to tell of it, and the
/// request itself waits in <c>fetcher_error</c>.
/// </summary>
internal sealed class FaultWithoutRunFilter(ILogger<FaultWithoutRunFilter> logger)
    : IFilter<ConsumeContext<Fault<RefreshModel>>>
{
    public Task Send(ConsumeContext<Fault<RefreshModel>> context, IPipe<ConsumeContext<Fault<RefreshModel>>> next)
    {
        var request = context.Message.Message;
        if (request.RunId is not null)
            return next.Send(context);

        Log.FaultWithoutRun(logger, request.ValueStream, request.Model);
        // Without this the message would count as not understood and be moved to notifier_skipped.
        return context.NotifyConsumed(TimeSpan.Zero, nameof(FaultWithoutRunFilter));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("faultWithoutRun");
}
