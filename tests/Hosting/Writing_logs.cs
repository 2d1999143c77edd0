using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog.Context;
using Serilog.Events;
using Serilog.Parsing;

namespace Benchmark.Hosting.Tests;

public sealed class Writing_logs : IDisposable
{
    private readonly TextWriter _before = Console.Out;
    private readonly StringWriter _stdout = new();

    public Writing_logs() => Console.SetOut(TextWriter.Synchronized(_stdout));

    public void Dispose() => Console.SetOut(_before);

    [Fact]
    public async Task Writes_JSON_with_the_ids_that_link_it_to_traces()
    {
        await using var app = Build();
        using var activity = new Activity("fetch").SetIdFormat(ActivityIdFormat.W3C).Start();

        Logger(app).LogInformation("Fetched {Model} in run {RunId}", "model_x", 42);

        var log = Line("model_x");
        log.GetProperty("message").GetString().Should().Be("Fetched model_x in run 42");
        log.GetProperty("level").GetString().Should().Be("info");
        log.GetProperty("service").GetString().Should().Be("fetcher");
        log.GetProperty("run_id").GetInt32().Should().Be(42);
        log.GetProperty("dd.span_id").GetString().Should().Be(
            Convert.ToUInt64(activity.SpanId.ToHexString(), 16).ToString());
        log.GetProperty("dd.trace_id").GetString().Should().Be(
            Convert.ToUInt64(activity.TraceId.ToHexString()[16..], 16).ToString());
        log.GetProperty("trace_id").GetString().Should().Be(activity.TraceId.ToHexString());
        log.GetProperty("span_id").GetString().Should().Be(activity.SpanId.ToHexString());
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public void Writes_JSON_unless_a_person_reads_it_at_a_terminal(bool isRedirected, bool isInContainer, bool isJson)
    {
        using var output = new StringWriter();
        var parser = new MessageTemplateParser();
        var failed = new LogEvent(
            DateTimeOffset.UnixEpoch, LogEventLevel.Warning, new InvalidOperationException("no disk"),
            parser.Parse("Fetched {Model}"), [new LogEventProperty("Model", new ScalarValue("model_x"))]);

        Logs.Formatter(isRedirected, isInContainer).Format(failed, output);

        var lines = output.ToString().TrimEnd().Split('\n');
        lines[0].StartsWith('{').Should().Be(isJson);
        if (!isJson)
            lines.Should().SatisfyRespectively(
                line => line.Should().MatchRegex("^[0-9]{2}:[0-9]{2}:[0-9]{2} warning: Fetched model_x$"),
                line => line.Should().Contain("no disk"));
    }

    [Fact]
    public async Task Names_service_environment_and_version_as_traces_and_metrics_do()
    {
        await using var app = Build(("DD_SERVICE", "benchmark-fetcher"), ("DD_TAGS", "env:prod,version:3.1"));

        Logger(app).LogInformation("Fetched {Model}", "model_z");

        var log = Line("model_z");
        foreach (var prefix in new[] { "", "dd." })
        {
            log.GetProperty($"{prefix}service").GetString().Should().Be("benchmark-fetcher");
            log.GetProperty($"{prefix}env").GetString().Should().Be("prod");
            log.GetProperty($"{prefix}version").GetString().Should().Be("3.1");
        }
    }

    // Stands in for the tracer, which puts its ids on each line when it is loaded into the process.
    [Fact]
    public async Task Writes_only_the_ids_of_the_tracer_of_Datadog_where_it_gives_some()
    {
        await using var app = Build();
        using var activity = new Activity("other").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var ids = LogContext.PushProperty("dd_trace_id", "4711");
        using var spanIds = LogContext.PushProperty("dd_span_id", "42");

        Logger(app).LogInformation("Fetched {Model}", "model_v");

        var log = Line("model_v");
        log.GetProperty("dd.trace_id").GetString().Should().Be("4711");
        log.GetProperty("dd.span_id").GetString().Should().Be("42");
        log.TryGetProperty("dd_trace_id", out _).Should().BeFalse();
        log.TryGetProperty("trace_id", out _).Should().BeFalse("it is the id of another trace");
    }

    [Fact]
    public async Task Says_nothing_of_requests_over_HTTP()
    {
        await using var app = Build(("urls", "http://127.0.0.1:0"));
        await app.StartAsync();
        using var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();

        (await client.GetAsync($"{app.Urls.Single()}/health/live")).EnsureSuccessStatusCode();

        _stdout.ToString().Should().NotContain("/health/live");
    }

    [Fact]
    public async Task Writes_an_error_with_its_stack_on_the_same_line()
    {
        await using var app = Build();

        Logger(app).LogError(new IOException("no space\nleft"), "Cannot stage {Model}", "model_y");

        var error = Line("model_y").GetProperty("error");
        error.GetProperty("kind").GetString().Should().Be("System.IO.IOException");
        error.GetProperty("message").GetString().Should().Be("no space\nleft");
    }

    private static WebApplication Build(params (string Key, string Value)[] settings) => ServiceHost.Build(
        "fetcher",
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build(),
        builder => builder.Services.AddHttpClient());

    private static ILogger Logger(WebApplication app) => app.Services.GetRequiredService<ILogger<Writing_logs>>();

    private JsonElement Line(string of) =>
        JsonDocument.Parse(_stdout.ToString().Split('\n').Single(text => text.Contains(of))).RootElement;
}
