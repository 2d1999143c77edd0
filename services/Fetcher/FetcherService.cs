using Benchmark.Contracts;
using Benchmark.Fetcher.Sources;
using Benchmark.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Fetcher;

/// <summary>Adds this service to a process: its own, or the one that holds all five.</summary>
public static class FetcherService
{
    /// <summary>Adds the Fetcher's consumers and what they need.</summary>
    public static void AddFetcher(this IHostApplicationBuilder builder)
    {
        builder.AddContractsOfConsumer();
        builder.AddMessageTags(RefreshTags.Of, RefreshTags.FailureOf);
        builder.Services.AddOptions<FetcherOptions>().BindConfiguration(FetcherOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(SourceKinds.BuiltIn);
        builder.Services.AddSingleton<OpenDatabases>();
        builder.Services.AddSingleton<FetchProgress>();
        builder.Services.AddSingleton<SourceQuery>();
        builder.Services.AddSingleton<BenchmarkStaging>();
        builder.Services.AddHostedService<SecretsReminder>();
        builder.AddConsumers(bus => bus.AddConsumer<StageBenchmarkConsumer, StageBenchmarkDefinition>());
    }
}
