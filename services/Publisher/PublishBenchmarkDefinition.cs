using Benchmark.Contracts;

namespace Benchmark.Publisher;

/// <inheritdoc/>
internal sealed class PublishBenchmarkDefinition(ModelPartitions partitions)
    : PublisherQueue<PublishBenchmarkConsumer, ModelValidated>(
        partitions, message => (message.ValueStream, message.Model));
