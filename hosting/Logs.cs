using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Events;

namespace Benchmark.Hosting;

/// <summary>Structured logs: JSON on stdout for services, a file for a command whose stdout is its answer.</summary>
public static class Logs
{
    internal static void AddJsonLogs(this IHostApplicationBuilder builder, string service) =>
        builder.AddLogs(logs => Common(logs, service).WriteTo.Console(new JsonLogFormatter()));

    /// <summary>
    /// Writes logs to a file, because stdout and stderr of a command belong to the person who typed it.
    /// </summary>
    public static void AddFileLogs(this IHostApplicationBuilder builder, string service, string path) =>
        builder.AddLogs(logs => Common(logs, service)
            .WriteTo.File(new JsonLogFormatter(), path, rollOnFileSizeLimit: true, retainedFileCountLimit: 5));

    /// <summary>
    /// An elapsed time as every log line gives it, as <c>ElapsedMs</c>: milliseconds with one decimal.
    /// </summary>
    public static double InMilliseconds(this TimeSpan elapsed) => Math.Round(elapsed.TotalMilliseconds, 1);

    // Each host has a logger of its own: a static one takes the lines of whatever host was built before it.
    private static void AddLogs(this IHostApplicationBuilder builder, Action<LoggerConfiguration> configure) =>
        builder.Services.AddSerilog(configure, preserveStaticLogger: true);

    private static LoggerConfiguration Common(LoggerConfiguration logs, string service) => logs
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("MassTransit", LogEventLevel.Warning)
        .Filter.With<RepeatedTroubles>()
        .Enrich.FromLogContext()
        .Enrich.With<DatadogTraceIds>()
        .Enrich.WithProperty("service", service);
}
