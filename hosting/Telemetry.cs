using System.Diagnostics;
using Benchmark.Hosting.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Benchmark.Hosting;

/// <summary>Traces and metrics over OTLP, with the resource attributes that Datadog correlates by.</summary>
public static class Telemetry
{
    /// <summary>Name of this product's activity source and meter.</summary>
    public const string Source = "Benchmark";

    internal static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        // Without an endpoint nothing is collected: no exporter, no cost.
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;

        Activity.DefaultIdFormat = ActivityIdFormat.W3C;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service).AddAttributes(DatadogAttributes(builder)))
            .WithTracing(tracing => tracing.AddSource(Source).AddSource("MassTransit").AddProcessor<ChildSpanTags>())
            .WithMetrics(metrics => metrics.AddMeter(Source).AddMeter("MassTransit").AddRuntimeInstrumentation())
            .UseOtlpExporter();
    }

    private static IEnumerable<KeyValuePair<string, object>> DatadogAttributes(IHostApplicationBuilder builder)
    {
        (string Variable, string Attribute)[] named =
        [
            ("DD_ENV", "deployment.environment.name"), ("DD_SERVICE", "service.name"),
            ("DD_VERSION", "service.version"),
        ];
        foreach (var (variable, attribute) in named)
        {
            if (builder.Configuration[variable] is { Length: > 0 } value)
                yield return new(attribute, value);
        }
        // DD_TAGS is 'key:value' pairs between commas or spaces.
        foreach (var tag
            in (builder.Configuration["DD_TAGS"] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (tag.Split(':', 2) is [var key, var value])
                yield return new(key, value);
        }
    }
}
