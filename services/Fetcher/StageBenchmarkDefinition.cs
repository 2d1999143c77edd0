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
        // A dropped connection or a full disk: five more tries, the first after half a second because in one process
        // somebody is waiting, all within a quarter of a minute because RabbitMQ takes a delivery back after 30 minutes.
        endpointConfigurator.UseMessageRetry(retry => retry.Exponential(
            5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(400)));
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.SetQuorumQueue();
    }
}
