using Benchmark.Contracts;
using Benchmark.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Validator;

/// <summary>Adds this service to its own process, or to the one that runs all five.</summary>
public static class ValidatorService
{
    /// <summary>Adds the Validator's consumers and what they need.</summary>
    public static void AddValidator(this IHostApplicationBuilder builder)
    {
        builder.AddContractsOfConsumer();
        builder.AddMessageTags(RefreshTags.Of, RefreshTags.FailureOf);
        builder.Services.AddOptions<ValidatorOptions>().BindConfiguration(ValidatorOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Examination>();
        builder.AddConsumers(bus => bus.AddConsumer<ValidateStagedConsumer, ValidateStagedDefinition>());
    }
}
