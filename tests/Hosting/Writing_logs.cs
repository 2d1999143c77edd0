using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmark.Hosting.Tests;

public sealed class Writing_logs : IDisposable
{
    private readonly TextWriter _before = Console.Out;
    private readonly StringWriter _stdout = new();

    public Writing_logs() => Console.SetOut(TextWriter.Synchronized(_stdout));

    public void Dispose() => Console.SetOut(_before);

    [Fact]
    public async Task Writes_JSON_with_the_ids_that_Datadog_links_to_traces()
    {
        await using var app = ServiceHost.Build("fetcher", new ConfigurationBuilder().Build(), _ => { });
        var logger = app.Services.GetRequiredService<ILogger<Writing_logs>>();
        using var activity = new Activity("fetch").SetIdFormat(ActivityIdFormat.W3C).Start();

        logger.LogInformation("Fetched {Model} in run {RunId}", "model_x", 42);

        var line = _stdout.ToString().Split('\n').Single(text => text.Contains("model_x"));
        var log = JsonDocument.Parse(line).RootElement;
        log.GetProperty("message").GetString().Should().Be("Fetched model_x in run 42");
        log.GetProperty("level").GetString().Should().Be("info");
        log.GetProperty("service").GetString().Should().Be("fetcher");
        log.GetProperty("run_id").GetInt32().Should().Be(42);
        log.GetProperty("dd.span_id").GetString().Should().Be(
            Convert.ToUInt64(activity.SpanId.ToHexString(), 16).ToString());
        log.GetProperty("dd.trace_id").GetString().Should().Be(
            Convert.ToUInt64(activity.TraceId.ToHexString()[16..], 16).ToString());
    }

    [Fact]
    public async Task Writes_an_error_with_its_stack_on_the_same_line()
    {
        await using var app = ServiceHost.Build("fetcher", new ConfigurationBuilder().Build(), _ => { });
        var logger = app.Services.GetRequiredService<ILogger<Writing_logs>>();

        logger.LogError(new IOException("no space\nleft"), "Cannot stage {Model}", "model_y");

        var line = _stdout.ToString().Split('\n').Single(text => text.Contains("model_y"));
        var error = JsonDocument.Parse(line).RootElement.GetProperty("error");
        error.GetProperty("kind").GetString().Should().Be("System.IO.IOException");
        error.GetProperty("message").GetString().Should().Be("no space\nleft");
    }
}
