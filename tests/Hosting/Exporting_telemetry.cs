using System.Net;
using System.Text;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Hosting.Tests;

public sealed class Exporting_telemetry
{
    [Fact]
    public async Task Sends_traces_with_the_attributes_that_Datadog_correlates_by()
    {
        using var collector = new HttpListener();
        var endpoint = $"http://127.0.0.1:{FreePort.Find()}/";
        collector.Prefixes.Add(endpoint);
        collector.Start();
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["DD_ENV"] = "test-environment",
            ["DD_TAGS"] = "team:model-risk",
        }).Build();
        var app = ServiceHost.Build(
            "fetcher", settings, builder => builder.AddConsumers(bus => bus.AddConsumer<Listener>()));
        await app.StartAsync();
        var received = FirstTraceAsync(collector);

        await app.Services.GetRequiredService<IBus>().Publish(new Ping());
        await app.DisposeAsync();

        var trace = await received;
        trace.Should().Contain("deployment.environment.name").And.Contain("test-environment")
            .And.Contain("model-risk").And.Contain("fetcher").And.Contain("Ping send");
    }

    // Protobuf keeps text as it is: enough to look for words, without a decoder.
    private static async Task<string> FirstTraceAsync(HttpListener collector)
    {
        while (true)
        {
            var context = await collector.GetContextAsync();
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            context.Response.Close();
            if (context.Request.Url!.AbsolutePath == "/v1/traces")
                return Encoding.Latin1.GetString(body.ToArray());
        }
    }

    public sealed record Ping;

    private sealed class Listener : IConsumer<Ping>
    {
        public Task Consume(ConsumeContext<Ping> context) => Task.CompletedTask;
    }
}
