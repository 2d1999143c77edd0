using System.Text.Json;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

/// <summary>What commands that run the services in one process export.</summary>
public sealed class Exporting_telemetry : IDisposable
{
    private readonly Workplace _place = new();
    private readonly OtlpCollector _collector = new();
    private readonly Dictionary<string, string> _environment;

    public Exporting_telemetry()
    {
        _place.Warehousing("create table thing as select range as id from range(12)");
        _environment = _collector.Settings.ToDictionary(pair => pair.Key, pair => pair.Value!);
        _environment["DD_ENV"] = "test";
    }

    public void Dispose()
    {
        _place.Dispose();
        _collector.Dispose();
    }

    [Fact]
    public async Task Exports_traces_and_metrics_of_a_refresh_before_it_ends()
    {
        _place.Registers("a: {table: thing}", "b: {table: thing, rows: {min: 1000}}");

        var exitCode = await _place.Start(_environment, "refresh", "--all").ExitAsync();

        exitCode.Should().Be(2, "b has too few rows");
        _collector.Spans.Select(span => span.Name).Should().Contain(["refresh run", "refresh", "fetch"]);
        _collector.Spans.Should().OnlyContain(span => span.Tags.ContainsKey("run_id"));
        _collector.Spans.Should().ContainSingle(span => span.IsError)
            .Which.Tags.Should().Contain("model", "b");
        _collector.Metrics.Select(metric => metric.Name).Should().Contain("benchmark.fetch.rows");
        _collector.Spans.Select(span => span.Resource).Concat(_collector.Metrics.Select(metric => metric.Resource))
            .Should().OnlyContain(resource =>
                resource["service.name"] == "benchmark" && resource["deployment.environment.name"] == "test");
    }

    [Fact]
    public async Task Writes_log_lines_that_lead_to_the_traces()
    {
        _place.Registers("a: {table: thing}");

        await _place.Start(_environment, "refresh", "--all").ExitAsync();

        var staged = File.ReadLines(Path.Combine(_place.State, "logs", "benchmark.log"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.GetProperty("message").GetString()!.StartsWith("Staged"));
        var trace = staged.GetProperty("trace_id").GetString();
        _collector.Spans.Should().Contain(span => span.Name == "fetch" && span.TraceId == trace);
        staged.GetProperty("service").GetString().Should().Be("benchmark");
        staged.GetProperty("env").GetString().Should().Be("test");
    }

    [Fact]
    public async Task Serves_metrics_of_all_services_for_Prometheus()
    {
        _place.Registers("a: {table: thing, schedule: '0 0 1 * *'}");
        var address = $"http://127.0.0.1:{FreePort.Find()}";
        _environment["Telemetry__Prometheus"] = "true";
        _environment["ASPNETCORE_URLS"] = address;
        using var client = new HttpClient();

        var up = _place.Start(_environment, "up");
        await Workplace.UntilAsync(up, () => File.Exists(_place.OnVolume("vs/a/benchmark.csv")));

        var metrics = await client.GetStringAsync($"{address}/metrics");
        metrics.Should().MatchRegex("benchmark_fetch_rows_total\\{.*model=\"a\".*\\} 12");
        (await up.EndAsync()).Should().Be(0, up.Error);
        _collector.Spans.Should().Contain(span => span.Name == "refresh run");
    }
}
