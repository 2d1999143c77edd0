using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting;

/// <summary>The bus: in memory, or RabbitMQ when there is one.</summary>
public static class Bus
{
    // Who stops when: consumers get 20 s to finish, the bus 40 s, the host 50 s, and Kubernetes kills at 60 s. What
    // is not done by then goes back to its queue.
    private static readonly TimeSpan s_consumerStop = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_busStop = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan s_hostStop = TimeSpan.FromSeconds(50);

    /// <summary>Adds a service's consumers and sagas to the one bus of this process.</summary>
    public static void AddConsumers(this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> consumers) =>
        builder.Services.AddSingleton(new ConsumerRegistration(consumers));

    /// <summary>Adds the bus with everything that <see cref="AddConsumers"/> gave. Called once, after all services.</summary>
    /// <exception cref="OptionsValidationException">The broker's address is none.</exception>
    public static void AddBus(this IHostApplicationBuilder builder)
    {
        var broker = BusOptions.Broker(builder.Configuration);
        var registrations = builder.Services
            .Select(s => s.ImplementationInstance).OfType<ConsumerRegistration>().ToList();

        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_hostStop);
        builder.Services.Configure<MassTransitHostOptions>(options =>
        {
            options.StopTimeout = s_busStop;
            options.ConsumerStopTimeout = s_consumerStop;
            // In memory the bus is up at once, and a caller may publish as soon as the host runs.
            options.WaitUntilStarted = broker is null;
        });
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            foreach (var registration in registrations)
                registration.Configure(bus);
            if (broker is null)
                bus.UsingInMemory((context, endpoints) => endpoints.ConfigureEndpoints(context));
            else
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(broker);
                    rabbit.ConfigureEndpoints(context);
                });
        });
    }

    private sealed record ConsumerRegistration(Action<IBusRegistrationConfigurator> Configure);
}
