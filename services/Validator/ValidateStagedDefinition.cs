using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using MassTransit;

namespace Benchmark.Validator;

/// <summary>How the queue <c>validator</c> is served.</summary>
internal sealed class ValidateStagedDefinition : ConsumerDefinition<ValidateStagedConsumer>
{
    private readonly VolumeLayout _volume;

    public ValidateStagedDefinition(VolumeLayout volume)
    {
        _volume = volume;
        EndpointName = Queues.Validator;
        // One file keeps one core busy, so more at a time would only need more memory.
        ConcurrentMessageLimit = Environment.ProcessorCount;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ValidateStagedConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // One message waits for each in work; the rest stays in the queue for other pods.
        endpointConfigurator.PrefetchCount = 2 * Environment.ProcessorCount;
        endpointConfigurator.HoldWhile(context, () => Installation.Problem(_volume));
        endpointConfigurator.UseTransientFaultRetry();
        endpointConfigurator.UseQuorumQueue();
    }
}
