using System.Diagnostics;
using System.Diagnostics.Metrics;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting.Tests;

[Collection(nameof(CollectedTelemetry))]
public sealed class Exporting_telemetry : IDisposable
{
    private static readonly Meter s_meter = new(Telemetry.Source);
    private static readonly Counter<long> s_pings = s_meter.CreateCounter<long>("benchmark.test.pings", "{ping}");

    private readonly OtlpCollector _collector = new();

    public void Dispose() => _collector.Dispose();

    [Fact]
    public async Task Sends_traces_and_metrics_with_the_attributes_that_Datadog_correlates_by()
    {
        await RunAsync(new()
        {
            ["DD_ENV"] = "test-environment",
            ["DD_TAGS"] = "env:of-the-tags,version:3.1,team:model-risk",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=of-opentelemetry,k8s.pod.name=pod-1",
        });

        _collector.Spans.Select(span => span.Name).Should().Contain(name => name.EndsWith("Ping send"));
        _collector.Metrics.Select(metric => metric.Name).Should().Contain(s_pings.Name);
        foreach (var resource in _collector.Spans.Select(span => span.Resource)
            .Concat(_collector.Metrics.Select(metric => metric.Resource)))
        {
            resource.Should().Contain("service.name", "fetcher").And.Contain("service.version", "3.1")
                .And.Contain("deployment.environment.name", "test-environment").And.Contain("team", "model-risk")
                .And.Contain("k8s.pod.name", "pod-1")
                .And.NotContainKeys("env", "version");
        }
    }

    [Fact]
    public async Task Traces_neither_its_exports_nor_requests_for_health()
    {
        await RunAsync([], async app =>
        {
            using var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
            (await client.GetAsync($"{app.Urls.Single()}/health/live")).EnsureSuccessStatusCode();
        });

        _collector.Spans.Should().NotBeEmpty()
            .And.OnlyContain(span => span.Name.Contains("Ping") || span.Name.Contains("Listener"));
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER", false, true)]
    [InlineData("OTEL_METRICS_EXPORTER", true, false)]
    public async Task Exports_only_one_signal_when_the_exporter_of_the_other_is_none(
        string variable, bool traces, bool metrics)
    {
        await RunAsync(new() { [variable] = "none" });

        _collector.Spans.Any().Should().Be(traces);
        _collector.Metrics.Any().Should().Be(metrics);
    }

    [Fact]
    public async Task Exports_nothing_without_an_endpoint()
    {
        await RunAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "" });

        _collector.Spans.Should().BeEmpty();
        _collector.Metrics.Should().BeEmpty();
    }

    [Theory]
    [InlineData("delta", true)]
    [InlineData("cumulative", false)]
    public async Task Exports_metrics_with_the_temporality_that_is_asked_for(string temporality, bool isDelta)
    {
        await RunAsync(new() { ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = temporality });

        _collector.Metrics.Where(metric => metric.Name == s_pings.Name)
            .Should().NotBeEmpty().And.OnlyContain(metric => metric.IsDelta == isDelta);
    }

    [Fact]
    public async Task Samples_as_OpenTelemetry_is_told()
    {
        await RunAsync(new() { ["OTEL_TRACES_SAMPLER"] = "always_off" });

        _collector.Spans.Should().BeEmpty();
        _collector.Metrics.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Serves_Prometheus_where_it_is_asked_for()
    {
        var metrics = await ScrapeAsync("true", () => s_pings.Add(3, new TagList { { "model", "model_x" } }));

        metrics.Should().Contain("benchmark_test_pings_total{").And.Contain("model=\"model_x\"");
    }

    [Theory]
    [InlineData("false")]
    [InlineData("")]
    public async Task Serves_no_Prometheus_otherwise(string setting) =>
        (await ScrapeAsync(setting, () => { })).Should().BeNull();

    [Fact]
    public void Refuses_a_setting_that_is_neither_true_nor_false()
    {
        var start = () => Build(new() { ["Telemetry:Prometheus"] = "yes" });

        start.Should().Throw<OptionsValidationException>()
            .WithMessage("Telemetry:Prometheus (Telemetry__Prometheus) is 'yes'. Allowed are true and false.");
    }

    private static async Task<string?> ScrapeAsync(string setting, Action measure)
    {
        await using var app = Build(new() { ["Telemetry:Prometheus"] = setting });
        await app.StartAsync();
        measure();
        using var client = new HttpClient();
        var response = await client.GetAsync($"{app.Urls.Single()}/metrics");
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
    }

    // Sends a message, waits until it is consumed, and ends: what there is to export is then exported.
    private async Task RunAsync(Dictionary<string, string?> settings, Func<WebApplication, Task>? meanwhile = null)
    {
        foreach (var (key, value) in _collector.Settings)
            settings.TryAdd(key, value);
        await using var app = Build(settings);
        await app.StartAsync();
        await app.Services.GetRequiredService<IBus>().Publish(new Ping());
        await app.Services.GetRequiredService<Pings>().Consumed.Task;
        if (meanwhile is not null)
            await meanwhile(app);
        await app.StopAsync();
    }

    private static WebApplication Build(Dictionary<string, string?> settings)
    {
        settings["urls"] = "http://127.0.0.1:0";
        return ServiceHost.Build(
            "fetcher",
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            builder =>
            {
                builder.Services.AddHttpClient();
                builder.Services.AddSingleton<Pings>();
                builder.AddConsumers(bus => bus.AddConsumer<Listener>());
            });
    }

    public sealed record Ping;

    private sealed class Pings
    {
        public TaskCompletionSource Consumed { get; } = new();
    }

    private sealed class Listener(Pings pings) : IConsumer<Ping>
    {
        public Task Consume(ConsumeContext<Ping> context)
        {
            s_pings.Add(1);
            pings.Consumed.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
