using Benchmark.Hosting.Broker;
using MassTransit;

namespace Benchmark.Fetcher;

/// <summary>One delivery of a request by the broker.</summary>
internal sealed class RequestDelivery(Func<TimeSpan> age, Func<TimeSpan?> takenBackAfter)
{
    public static RequestDelivery Of(ConsumeContext context) =>
        new(() => context.ReceiveContext.ElapsedTime, () => TakenBack.After(context));

    /// <summary>How long it has been here, earlier attempts included.</summary>
    public TimeSpan Age => age();

    /// <summary>The time after which the broker has taken it back; null when it has not.</summary>
    public TimeSpan? TakenBackAfter => takenBackAfter();
}
