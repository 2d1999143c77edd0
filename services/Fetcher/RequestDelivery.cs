using Benchmark.Hosting.Broker;
using MassTransit;

namespace Benchmark.Fetcher;

/// <summary>One delivery of a request by the broker.</summary>
internal sealed class RequestDelivery(Func<TimeSpan> age, Func<TimeSpan?> takenBackAfter, bool isRepeated)
{
    public static RequestDelivery Of(ConsumeContext context) =>
        new(
            () => context.ReceiveContext.ElapsedTime, () => TakenBack.After(context),
            context.ReceiveContext.Redelivered);

    /// <summary>How long it has been here, earlier attempts included.</summary>
    public TimeSpan Age => age();

    /// <summary>The time after which the broker has taken it back; null when it has not.</summary>
    public TimeSpan? TakenBackAfter => takenBackAfter();

    /// <summary>Whether the broker has given it out before.</summary>
    public bool IsRepeated => isRepeated;
}
