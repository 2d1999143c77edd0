using Benchmark.Contracts;
using Benchmark.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Publisher;

/// <summary>Adds this service to a process: its own, or the one that holds all five.</summary>
public static class PublisherService
{
    /// <summary>Adds the Publisher's consumers and what they need.</summary>
    public static void AddPublisher(this IHostApplicationBuilder builder)
    {
        builder.AddContractsOfConsumer();
        builder.Services.AddSingleton<AtomicSwap>().AddSingleton<Convergence>().AddSingleton<Housekeeping>();
        builder.AddConsumers(bus => bus.AddConsumer<PublishBenchmarkConsumer, PublishBenchmarkDefinition>());
    }
}
