using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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
    /// <param name="port">Where it listens on this machine when nothing says otherwise.</param>
    /// <param name="args">The command line.</param>
    /// <param name="add">Adds the service.</param>
    /// <returns>The exit code: 0 done, 1 configuration, 3 infrastructure.</returns>
    public static async Task<int> RunAsync(
        string service, int port, string[] args, Action<IHostApplicationBuilder> add)
    {
        if (SupportedPlatform.Problem() is { } elsewhere)
            return Refuse(elsewhere, NoInfrastructure);
        ArbitraryUser.ShareWithGroup();
        if (Settings.Unknown(args) is { } unknown)
            return Refuse($"There is no option {unknown}. Options are "
                + $"{string.Join(", ", Settings.Options)} and configuration keys as --Section:Key=value.",
                InvalidConfiguration);
        try
        {
            await using var app = Build(service, new ConfigurationBuilder().AddPlainSettings(args).Build(), add, port);
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
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return Refuse(
                string.Join(Environment.NewLine, e.InnerExceptions.Select(inner => inner.Message)),
                InvalidConfiguration);
        }
        catch (Exception e) when (e is SocketException or IOException { InnerException: AddressInUseException })
        {
            // Kestrel's message names the port that is taken; or this user may not listen there.
            return Refuse($"{e.Message} Stop what listens there, or name another address with ASPNETCORE_URLS or "
                + "--urls, for example --urls http://localhost:8090.", NoInfrastructure);
        }
        catch (IOException e)
        {
            return Refuse(e.Message, NoInfrastructure);
        }
        catch (FormatException e)
        {
            return Refuse($"{e.Message} It is from ASPNETCORE_URLS or --urls: write for example http://localhost:8090.",
                InvalidConfiguration);
        }
    }

    /// <summary>
    /// Builds a process of one service or several, with the endpoints that they add and those of health.
    /// </summary>
    /// <param name="service">Its name in logs, traces and the broker's dashboard.</param>
    /// <param name="settings">What the command line and the environment set; overrides ASP.NET's own sources.</param>
    /// <param name="add">Adds the services.</param>
    /// <param name="port">Where it listens on this machine when nothing says otherwise; null for ASP.NET's own.</param>
    /// <exception cref="OptionsValidationException">The broker's address is invalid.</exception>
    public static WebApplication Build(
        string service, IConfiguration settings, Action<IHostApplicationBuilder> add, int? port = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(settings);
        if (port is not null && !HasAddress(builder.Configuration))
            builder.Configuration.AddInMemoryCollection([new("urls", $"http://localhost:{port}")]);
        builder.AddConsoleLogs(service);
        builder.AddTelemetry(service);
        builder.Services.AddHealthChecks();
        builder.Services.PostConfigure<HealthCheckServiceOptions>(options =>
            options.Registrations.ToList().ForEach(check => check.Timeout = Readiness.Patience));
        builder.Services.AddSingleton<IHealthCheckPublisher, Readiness>();
        builder.Services.Configure<HealthCheckPublisherOptions>(options =>
        {
            options.Period = Readiness.Period;
            options.Predicate = check => check.Tags.Contains(Readiness.Tag);
        });
        add(builder);
        builder.AddBus(service);
        builder.AddBrokerWatch();
        var app = builder.Build();
        app.MapAddedEndpoints();
        return app;
    }

    // As the images do, which set ASPNETCORE_HTTP_PORTS.
    private static bool HasAddress(IConfiguration configuration) =>
        ((string[])["urls", "http_ports", "https_ports"]).Any(key => configuration[key] is { Length: > 0 })
            || configuration.GetSection("Kestrel:Endpoints").Exists();

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
