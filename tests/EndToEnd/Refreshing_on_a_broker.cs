using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[Collection(nameof(Broker))]
public sealed class Refreshing_on_a_broker(Broker broker) : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.CreateAsync(broker.Server);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Refreshes_every_model_that_is_due()
    {
        _site.Warehousing(
            "create table a as select range as id from range(100); create table b as select range as id from range(7)");
        _site.Registers("a: {table: a}", "b: {table: b}");
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");

        using var scheduler = _site.Run("Benchmark.Scheduler", "--once");
        var exitCode = await scheduler.ExitAsync();

        exitCode.Should().Be(0, scheduler.Error + scheduler.Output);
        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed");
        File.ReadAllLines(_site.OnVolume("vs/a/benchmark.csv")).Should().HaveCount(101);
        File.ReadAllLines(_site.OnVolume("vs/b/benchmark.csv")).Should().HaveCount(8);
    }
}
