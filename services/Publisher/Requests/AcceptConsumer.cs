using Benchmark.Contracts;
using MassTransit;

namespace Benchmark.Publisher.Requests;

/// <summary>
/// Consumes AcceptRejected, makes the rejected data the newest version, publishes ModelPublished or ModelPublishFailed.
/// </summary>
internal sealed class AcceptConsumer(RequestedVersions versions, Housekeeping housekeeping)
    : IConsumer<AcceptRejected>
{
    public Task Consume(ConsumeContext<AcceptRejected> context) => Announcement.PublishAsync(
        context, context.Message.RunId, isLast => versions.Accept(context.Message, isLast), housekeeping);
}
