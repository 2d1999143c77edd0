using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting;

/// <summary>The host that every service runs in: settings, logs, telemetry, the bus, health and shutdown.</summary>
public static class ServiceHost
{
    /// <summary>A builder for one service; add the service to it, then <see cref="RunServiceAsync"/>.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args, string service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddPlainSettings(args);
        ((IHostApplicationBuilder)builder).Properties[typeof(Settings)] = Settings.Unknown(args)!;
        ((IHostApplicationBuilder)builder).Properties[typeof(ServiceHost)] = service;
        builder.AddJsonLogs(service);
        builder.AddTelemetry(service);
        builder.Services.AddHealthChecks();
        return builder;
    }

    /// <summary>Runs until SIGTERM or until the service ends the application.</summary>
    /// <returns>The exit code: 0 done, 1 configuration, 3 infrastructure.</returns>
    public static async Task<int> RunServiceAsync(this WebApplicationBuilder builder)
    {
        if (((IHostApplicationBuilder)builder).Properties[typeof(Settings)] is string unknown)
            return Refuse($"There is no option {unknown}. Options are "
                + $"{string.Join(", ", Settings.Options)} and configuration keys as --Section:Key=value.", 1);
        if (string.IsNullOrEmpty(builder.Configuration["RabbitMq:Uri"]))
            return Refuse("RABBITMQ_URI is not set, and a service alone needs a broker. "
                + "Set it to amqp[s]://user:password@host:port/vhost, or run all services in one process: benchmark up.", 1);
        try
        {
            builder.AddBus((string)((IHostApplicationBuilder)builder).Properties[typeof(ServiceHost)]);
            builder.AddBrokerWatch();
            await using var app = builder.Build();
            app.MapHealth();
            await app.RunAsync();
            return Environment.ExitCode;
        }
        catch (OptionsValidationException e)
        {
            return Refuse(e.Message, 1);
        }
        catch (IOException e)
        {
            // The port is taken: Kestrel's message names it.
            return Refuse($"{e.Message} Name another with ASPNETCORE_URLS.", 3);
        }
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: its broker and checks do.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }

    private static int Refuse(string message, int exitCode)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
