using Benchmark.Contracts;

namespace Benchmark.Publisher.Requests;

/// <inheritdoc/>
internal sealed class RollBackDefinition(ModelPartitions partitions)
    : PublisherQueue<RollBackConsumer, RollBackModel>(partitions, message => (message.ValueStream, message.Model));

/// <inheritdoc/>
internal sealed class AcceptDefinition(ModelPartitions partitions)
    : PublisherQueue<AcceptConsumer, AcceptRejected>(partitions, message => (message.ValueStream, message.Model));

/// <inheritdoc/>
internal sealed class PinDefinition(ModelPartitions partitions)
    : PublisherQueue<PinConsumer, PinVersion>(partitions, message => (message.ValueStream, message.Model));

/// <inheritdoc/>
internal sealed class PruneDefinition(ModelPartitions partitions)
    : PublisherQueue<PruneConsumer, PruneVersions>(partitions, message => (message.ValueStream, message.Model));
