using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using MassTransit;

namespace Benchmark.Publisher;

/// <inheritdoc/>
internal sealed class PublishBenchmarkDefinition(ModelPartitions partitions, VolumeLayout volume)
    : PublisherQueue<PublishBenchmarkConsumer, ModelValidated>(
        partitions, message => (message.ValueStream, message.Model))
{
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<PublishBenchmarkConsumer> consumerConfigurator, IRegistrationContext context)
    {
        base.ConfigureConsumer(endpointConfigurator, consumerConfigurator, context);
        // Of the whole queue, and so here alone.
        endpointConfigurator.HoldWhile(context, () => Installation.Problem(volume));
    }
}
