using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

public sealed class Keeping_services_up : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Emits_the_due_slot_answers_for_its_health_and_ends_with_SIGTERM()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
        var address = $"http://127.0.0.1:{FreePort.Find()}";
        var up = _place.Start(new Dictionary<string, string> { ["ASPNETCORE_URLS"] = address }, "up");

        await Workplace.UntilAsync(up, () => File.Exists(_place.OnVolume("vs/a/benchmark.json")));
        using var client = new HttpClient();
        var live = await client.GetAsync($"{address}/health/live");
        var ready = await client.GetAsync($"{address}/health/ready");
        var exitCode = await up.EndAsync();

        live.IsSuccessStatusCode.Should().BeTrue();
        ready.IsSuccessStatusCode.Should().BeTrue();
        exitCode.Should().Be(0);
        var runs = await _place.RunAsync("runs", "--json");
        runs.Json[0].GetProperty("trigger").GetString().Should().Be("schedule");
    }

    [Fact]
    public async Task Does_not_start_with_a_registry_that_has_problems()
    {
        await File.WriteAllTextAsync(_place.Registry, "version: 1\nvalue_streems: {}\n");

        var result = await _place.RunAsync("up");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("value_streems").And.Contain("value_streams");
    }
}
