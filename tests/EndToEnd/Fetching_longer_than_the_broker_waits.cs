using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>A broker of its own, which waits for two seconds instead of half an hour.</summary>
[NeedsRabbitMq]
public sealed class Fetching_longer_than_the_broker_waits : IAsyncLifetime
{
    private RabbitServer _server = null!;
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _server = await RabbitServer.StartAsync();
        foreach (var setting in new[] { "consumer_timeout, 2000", "channel_tick_interval, 1000" })
            _server.Control("eval", $"application:set_env(rabbit, {setting}).");
        _site = await Site.CreateAsync(_server);
        _site.Warehousing("select 1");
        _site.Registers(
            "endless: {query: select count(*) as n from range(100000000000000) r(i) where i % 7 = 3}");
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact(Timeout = 300_000)]
    public async Task Warns_each_time_and_then_fails_with_what_to_raise()
    {
        var fetcher = (await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier"))[0];

        var refresh = await _site.BenchmarkAsync("refresh", "--all", "--wait", "--json");

        refresh.ExitCode.Should().Be(2, refresh.Error);
        var model = System.Text.Json.JsonDocument.Parse(refresh.Output).RootElement.GetProperty("models")[0];
        model.GetProperty("outcome").GetString().Should().Be("failed");
        model.GetProperty("reason").GetString().Should().StartWith("The broker took the request back 3 times");
        fetcher.Output.Split('\n').Where(line => line.Contains("its consumer_timeout is 00:00:02"))
            .Should().HaveCount(3).And.AllSatisfy(line => line.Should().Contain("\"warn\""));
    }
}
