using MassTransit;

namespace Benchmark.Fetcher;

internal sealed class StageBenchmarkConsumerDefinition : ConsumerDefinition<StageBenchmarkConsumer>
{
    public StageBenchmarkConsumerDefinition()
    {
        EndpointName = "fetcher";
        // A fetch mostly waits for its source, and a source allows 4 at a time unless told otherwise.
        ConcurrentMessageLimit = Math.Max(4, Environment.ProcessorCount);
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<StageBenchmarkConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // No more than are worked on: a fetch may take minutes, and what waits here waits for no other Fetcher.
        endpointConfigurator.PrefetchCount = ConcurrentMessageLimit!.Value;
        // What a person pastes into the dashboard has neither an envelope nor a content type.
        endpointConfigurator.UseRawJsonDeserializer(isDefault: true);
        // A dropped connection or a full disk: quick at first, for in-process use; 30 s apart at most, so that the
        // five tries end within RabbitMQ's 30 minutes for one delivery even when each fetch takes its time.
        endpointConfigurator.UseMessageRetry(retry => retry.Exponential(
            5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(800)));
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.SetQuorumQueue();
    }
}
