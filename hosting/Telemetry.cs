using System.Diagnostics;
using Benchmark.Hosting.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Benchmark.Hosting;

/// <summary>Traces and metrics over OTLP, and metrics for Prometheus.</summary>
public static class Telemetry
{
    /// <summary>Name of this product's activity source and meter.</summary>
    public const string Source = "Benchmark";

    // The name of MassTransit's activity source and of its meter.
    private const string MassTransit = "MassTransit";

    /// <summary>
    /// Exports this process's traces and metrics when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, either of them unless
    /// <c>OTEL_TRACES_EXPORTER</c> or <c>OTEL_METRICS_EXPORTER</c> is <c>none</c>, and serves metrics for Prometheus
    /// when <see cref="TelemetryOptions.Prometheus"/> is set. Without any of these nothing is collected.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">Its name, unless the environment gives it another.</param>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section);
        // Every request would be a line in the log, with an address that may be a secret: also each export by OTLP.
        builder.Services.ConfigureHttpClientDefaults(client => client.RemoveAllLoggers());

        var (traces, metrics) = (Exports(builder, "OTEL_TRACES_EXPORTER"), Exports(builder, "OTEL_METRICS_EXPORTER"));
        var prometheus = TelemetryOptions.WantsPrometheus(builder.Configuration);
        if (!traces && !metrics && !prometheus)
            return;

        RequireAddress(builder);
        Activity.DefaultIdFormat = ActivityIdFormat.W3C;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, ServiceIdentity.Of(builder.Configuration, service)));
        if (traces)
            telemetry.WithTracing(tracing => tracing
                .AddSource(Source, MassTransit).AddProcessor<ChildSpanTags>());
        if (metrics || prometheus)
            telemetry.WithMetrics(meters =>
                meters.AddMeter(Source, MassTransit).AddRuntimeInstrumentation().AddMetricLimits());
        if (prometheus)
        {
            telemetry.WithMetrics(meters => meters.AddPrometheusExporter());
            builder.AddEndpoints(routes => routes.MapPrometheusScrapingEndpoint());
        }
        if (metrics)
            // Exports traces as well, of which there are none without a source. Only this reads the variables of one
            // signal, such as OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE.
            telemetry.UseOtlpExporter();
        else if (traces)
            telemetry.WithTracing(tracing => tracing.AddOtlpExporter());
    }

    // The exporter itself would say nothing, and export nothing.
    private static void RequireAddress(IHostApplicationBuilder builder)
    {
        const string variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
        if (builder.Configuration[variable] is { Length: > 0 } address
            && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            throw new OptionsValidationException(variable, typeof(Telemetry),
                [$"{variable} is '{address}': it must be http[s]://host:port, for example http://localhost:4317."]);
    }

    private static bool Exports(IHostApplicationBuilder builder, string exporter) =>
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 }
        && !string.Equals(builder.Configuration[exporter]?.Trim(), "none", StringComparison.OrdinalIgnoreCase);

    private static void Describe(ResourceBuilder resource, ServiceIdentity identity)
    {
        resource.AddService(identity.Service, serviceVersion: identity.Version);
        if (identity.Env is { } env)
            resource.AddAttributes([new("deployment.environment.name", env)]);
        resource.AddAttributes(identity.Tags.Select(tag => KeyValuePair.Create(tag.Key, (object)tag.Value)));
    }
}
