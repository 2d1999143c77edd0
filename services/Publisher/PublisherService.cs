using Benchmark.Contracts;
using Benchmark.Hosting;
using Benchmark.Publisher.Requests;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Publisher;

/// <summary>Adds this service to its own process, or to the one that runs all five.</summary>
public static class PublisherService
{
    /// <summary>Adds the Publisher's consumers and what they need.</summary>
    public static void AddPublisher(this IHostApplicationBuilder builder)
    {
        builder.AddContractsOfConsumer();
        builder.AddMessageTags(RefreshTags.Of, RefreshTags.FailureOf);
        builder.Services.AddSingleton<AtomicSwap>().AddSingleton<Convergence>().AddSingleton<Housekeeping>();
        builder.Services.AddSingleton<ModelPartitions>().AddSingleton<RequestedVersions>().AddSingleton<Pins>();
        builder.Services.AddHostedService<Upkeep>();
        builder.AddConsumers(bus =>
        {
            bus.AddConsumer<PublishBenchmarkConsumer, PublishBenchmarkDefinition>();
            bus.AddConsumer<RollBackConsumer, RollBackDefinition>();
            bus.AddConsumer<AcceptConsumer, AcceptDefinition>();
            bus.AddConsumer<PinConsumer, PinDefinition>();
            bus.AddConsumer<PruneConsumer, PruneDefinition>();
        });
    }
}
