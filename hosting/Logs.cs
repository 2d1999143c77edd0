using Benchmark.Hosting.Logging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;

namespace Benchmark.Hosting;

/// <summary>
/// Structured logs: JSON on stdout for services, lines for a person at a terminal, a file for a command whose stdout is
/// its answer.
/// </summary>
public static class Logs
{
    internal static void AddConsoleLogs(this IHostApplicationBuilder builder, string service) =>
        builder.AddLogs(service, logs => logs.WriteTo.Console(Formatter(
            Console.IsOutputRedirected, builder.Configuration.GetValue<bool>("DOTNET_RUNNING_IN_CONTAINER"))));

    // What a container writes is collected, even where somebody gave it a terminal.
    internal static ITextFormatter Formatter(bool isRedirected, bool isInContainer) =>
        isRedirected || isInContainer ? new JsonLogFormatter() : new LineLogFormatter();

    /// <summary>
    /// Writes logs to a file, because stdout and stderr of a command belong to the person who typed it.
    /// </summary>
    public static void AddFileLogs(this IHostApplicationBuilder builder, string service, string path) =>
        builder.AddLogs(service, logs => logs
            .WriteTo.File(new JsonLogFormatter(), path, rollOnFileSizeLimit: true, retainedFileCountLimit: 5));

    /// <summary>
    /// An elapsed time as every log line gives it, as <c>ElapsedMs</c>: milliseconds with one decimal.
    /// </summary>
    public static double InMilliseconds(this TimeSpan elapsed) => Math.Round(elapsed.TotalMilliseconds, 1);

    // Each host has a logger of its own: a static one takes the lines of whatever host was built before it.
    private static void AddLogs(
        this IHostApplicationBuilder builder, string service, Action<LoggerConfiguration> write)
    {
        var identity = ServiceIdentity.Of(builder.Configuration, service);
        builder.Services.AddSerilog(
            logs =>
            {
                logs.MinimumLevel.Information()
                    .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                    .MinimumLevel.Override("MassTransit", LogEventLevel.Warning)
                    .Filter.With<LibraryNoise>()
                    .Enrich.FromLogContext()
                    .Enrich.With<TraceIds>();
                Identify(logs, identity);
                write(logs);
            },
            preserveStaticLogger: true);
    }

    // Under the names of Datadog's reserved attributes and under those of its tracers.
    private static void Identify(LoggerConfiguration logs, ServiceIdentity identity)
    {
        (string Name, string? Value)[] facts =
            [("service", identity.Service), ("env", identity.Env), ("version", identity.Version)];
        foreach (var (name, value) in facts.Where(fact => fact.Value is not null))
            logs.Enrich.WithProperty(name, value!).Enrich.WithProperty($"dd.{name}", value!);
    }
}
