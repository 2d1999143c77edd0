using Benchmark.Contracts;
using MassTransit;

namespace Benchmark.Publisher.Requests;

/// <summary>
/// Consumes RollBackModel, makes the old version the newest, publishes ModelPublished or ModelPublishFailed.
/// </summary>
internal sealed class RollBackConsumer(RequestedVersions versions, Housekeeping housekeeping)
    : IConsumer<RollBackModel>
{
    public Task Consume(ConsumeContext<RollBackModel> context) => Announcement.PublishAsync(
        context, context.Message.RunId, isLast => versions.RollBack(context.Message, isLast), housekeeping);
}
