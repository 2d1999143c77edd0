using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Contracts;

/// <summary>Registers what every service needs: the registry and the volume's layout.</summary>
public static class ContractsServices
{
    /// <summary>
    /// Adds <see cref="IRegistry"/> and <see cref="VolumeLayout"/>; a second call changes nothing.
    /// </summary>
    public static void AddContracts(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        if (services.Any(s => s.ServiceType == typeof(IRegistry)))
            return;

        services.AddOptions<VolumeOptions>().BindConfiguration(VolumeOptions.Section).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<RegistryOptions>().BindConfiguration(RegistryOptions.Section).ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(
            provider => new VolumeLayout(provider.GetRequiredService<IOptions<VolumeOptions>>().Value.Root));
        services.AddHostedService<VolumeStart>();
        services.AddSingleton<LiveRegistry>();
        services.AddSingleton(provider => provider.GetRequiredService<LiveRegistry>().Reads);
        services.AddSingleton<IRegistry>(provider => provider.GetRequiredService<LiveRegistry>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveRegistry>());
        services.AddHealthChecks()
            .AddCheck<RegistryHealth>("registry", tags: ["ready"])
            .AddCheck<VolumeHealth>("volume", tags: ["ready"]);
        // One for all requests: it remembers an answer that is not there yet.
        services.AddSingleton<VolumeHealth>();
    }

    /// <summary>
    /// Adds the same for a process that consumes messages, and delays its bus until the registry is valid.
    /// </summary>
    public static void AddContractsOfConsumer(this IHostApplicationBuilder builder)
    {
        builder.AddContracts();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RegistryReadiness>());
    }
}
