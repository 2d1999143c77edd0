using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting;

/// <summary>The process that services run in: settings, logs, telemetry, bus, endpoints and shutdown.</summary>
public static class ServiceHost
{
    private const int InvalidConfiguration = 1;
    private const int NoInfrastructure = 3;

    /// <summary>Runs one service until SIGTERM, or until the service ends the process.</summary>
    /// <param name="service">Its name in logs, traces and the broker's dashboard.</param>
    /// <param name="args">The command line.</param>
    /// <param name="add">Adds the service.</param>
    /// <returns>The exit code: 0 done, 1 configuration, 3 infrastructure.</returns>
    public static async Task<int> RunAsync(string service, string[] args, Action<IHostApplicationBuilder> add)
    {
        if (Settings.Unknown(args) is { } unknown)
            return Refuse($"There is no option {unknown}. Options are "
                + $"{string.Join(", ", Settings.Options)} and configuration keys as --Section:Key=value.",
                InvalidConfiguration);
        try
        {
            await using var app = Build(service, new ConfigurationBuilder().AddPlainSettings(args).Build(), add);
            if (BusOptions.Broker(app.Configuration) is null)
                return Refuse("RABBITMQ_URI is not set, and a service alone needs a broker. "
                    + "Set it to amqp[s]://user:password@host:port/vhost, or run all services in one process: "
                    + "benchmark up.",
                    InvalidConfiguration);
            await RunAsync(app);
            return Environment.ExitCode;
        }
        catch (OptionsValidationException e)
        {
            return Refuse(e.Message, InvalidConfiguration);
        }
        catch (IOException e)
        {
            // The port is taken: Kestrel's message names it.
            return Refuse($"{e.Message} Name another with ASPNETCORE_URLS.", NoInfrastructure);
        }
    }

    /// <summary>
    /// Builds a process of one service or several, with the endpoints that they add and those of health.
    /// </summary>
    /// <param name="service">Its name in logs, traces and the broker's dashboard.</param>
    /// <param name="settings">What the command line and the environment set; overrides ASP.NET's own sources.</param>
    /// <param name="add">Adds the services.</param>
    /// <exception cref="OptionsValidationException">The broker's address is invalid.</exception>
    public static WebApplication Build(string service, IConfiguration settings, Action<IHostApplicationBuilder> add)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(settings);
        builder.AddJsonLogs(service);
        builder.AddTelemetry(service);
        builder.Services.AddHealthChecks();
        add(builder);
        builder.AddBus(service);
        builder.AddBrokerWatch();
        var app = builder.Build();
        app.MapAddedEndpoints();
        return app;
    }

    // A pod may be told to stop while it still starts: then the host's start is cancelled, and nothing is wrong.
    private static async Task RunAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private static int Refuse(string message, int exitCode)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
