using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[Collection(nameof(Broker))]
public sealed class Cancelling_a_run(Broker broker) : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.CreateAsync(broker.Server);
        _site.Warehousing("create table a as select 1 as id");
        _site.Registers("a: {table: a}");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact(Timeout = 240_000)]
    public async Task Closes_it_for_a_reason_and_drops_what_waits_for_it()
    {
        await _site.BenchmarkAsync("topology");
        await _site.StartAsync("Notifier");
        (await _site.BenchmarkAsync("refresh", "--all")).ExitCode.Should().Be(0);
        await Site.UntilAsync("the run is known", async () => (await _site.RunsAsync()).Count == 1);
        var run = (await _site.RunsAsync())[0].GetProperty("run_id").GetString()!;

        var cancel = await _site.BenchmarkAsync("cancel", run[..13], "--reason", "wrong month");
        var fetcher = (await _site.StartAsync("Fetcher")).Single();
        await Site.UntilAsync("the request is dropped", () => Task.FromResult(
            fetcher.Output.Contains($"run {run} was cancelled")));
        var again = await _site.BenchmarkAsync("cancel", run);

        cancel.ExitCode.Should().Be(0, cancel.Error);
        cancel.Output.Should().Contain("missing").And.Contain("wrong month");
        File.Exists(_site.OnVolume("vs/a/benchmark.csv")).Should().BeFalse();
        again.ExitCode.Should().Be(1);
        again.Error.Should().Contain("has closed already");
    }

    [Fact(Timeout = 240_000)]
    public async Task Stops_a_fetch_that_is_under_way()
    {
        _site.Registers("a: {query: \"select count(*) as n from range(100000000000000) r(i) where i % 7 = 3\"}");
        var fetcher = (await _site.StartAsync("Fetcher", "Notifier"))[0];
        await _site.BenchmarkAsync("topology");
        (await _site.BenchmarkAsync("refresh", "--all")).ExitCode.Should().Be(0);
        await Site.UntilAsync("it is fetched", () => Task.FromResult(IsStaging()));
        await Site.UntilAsync("the run is known", async () => (await _site.RunsAsync()).Count == 1);
        var run = (await _site.RunsAsync())[0].GetProperty("run_id").GetString()!;

        (await _site.BenchmarkAsync("cancel", run)).ExitCode.Should().Be(0);

        await Site.UntilAsync("it is stopped", () => Task.FromResult(
            fetcher.Output.Contains($"run {run} was cancelled")));
        IsStaging().Should().BeFalse();
        await Site.UntilAsync("nothing waits", async () =>
            await broker.Server.Management.CountAsync(_site.VirtualHost, "fetcher") == 0);
    }

    [Fact(Timeout = 240_000)]
    public async Task Lets_a_run_go_on_whose_end_the_broker_did_not_take()
    {
        await _site.BenchmarkAsync("topology");
        await _site.StartAsync("Notifier");
        (await _site.BenchmarkAsync("refresh", "--all")).ExitCode.Should().Be(0);
        await Site.UntilAsync("the run is known", async () => (await _site.RunsAsync()).Count == 1);
        var run = (await _site.RunsAsync())[0].GetProperty("run_id").GetString()!;
        await broker.Server.Management.AddUserAsync("reader", "secret", _site.VirtualHost, write: "^$");

        var cancel = await _site.BenchmarkAsync(
            "cancel", run, "--broker",
            broker.Server.Address(_site.VirtualHost, "reader", "secret").OriginalString);
        await _site.StartAsync("Fetcher", "Validator", "Publisher");

        cancel.ExitCode.Should().Be(3);
        cancel.Error.Should().Contain($"Run {run} is not cancelled.");
        await Site.UntilAsync("it is published", () => Task.FromResult(
            File.Exists(_site.OnVolume("vs/a/benchmark.csv"))));
    }

    [Fact(Timeout = 240_000)]
    public async Task Says_how_it_is_done_without_a_broker()
    {
        _site.Environment.Remove("RABBITMQ_URI");

        var cancel = await _site.BenchmarkAsync("cancel", "0190a1b2");

        cancel.ExitCode.Should().Be(1);
        cancel.Error.Should().Contain("Ctrl+C");
    }

    private bool IsStaging() => Directory.Exists(_site.OnVolume("vs/a/.staging"))
        && Directory.EnumerateDirectories(_site.OnVolume("vs/a/.staging")).Any();
}
