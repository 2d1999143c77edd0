using Benchmark.Contracts;
using Benchmark.Hosting;
using MassTransit;

namespace Benchmark.Fetcher;

/// <summary>How the queue <c>fetcher</c> is served.</summary>
internal sealed class StageBenchmarkDefinition : ConsumerDefinition<StageBenchmarkConsumer>
{
    public StageBenchmarkDefinition()
    {
        EndpointName = Queues.Fetcher;
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
        endpointConfigurator.AddDeserializer(new HandwrittenRequests(), isDefault: true);
        endpointConfigurator.UseMachineRetry();
        endpointConfigurator.UseSafeQueue();
    }
}
