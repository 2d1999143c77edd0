using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Benchmark.Fetcher;

/// <summary>How the queue <c>fetcher</c> is served.</summary>
internal sealed class StageBenchmarkDefinition : ConsumerDefinition<StageBenchmarkConsumer>
{
    private readonly VolumeLayout _volume;

    public StageBenchmarkDefinition(IOptions<FetcherOptions> options, VolumeLayout volume)
    {
        _volume = volume;
        EndpointName = Queues.Fetcher;
        ConcurrentMessageLimit = options.Value.ConcurrentFetches;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<StageBenchmarkConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // No more than are being fetched: a fetch may take minutes, and another Fetcher may be free for the rest.
        endpointConfigurator.PrefetchCount = ConcurrentMessageLimit!.Value;
        // A request pasted into the dashboard has neither an envelope nor a content type.
        endpointConfigurator.AddDeserializer(new HandwrittenRequests(), isDefault: true);
        endpointConfigurator.HoldWhile(context, () => Installation.Problem(_volume));
        endpointConfigurator.UseTransientFaultRetry();
        endpointConfigurator.UseQuorumQueue();
    }
}
