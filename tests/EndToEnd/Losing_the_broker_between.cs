using Benchmark.Hosting.Broker;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Benchmark.EndToEnd.Tests;

/// <summary>A broker of its own: this one is killed and frozen.</summary>
[NeedsRabbitMq]
public sealed class Losing_the_broker_between : IAsyncLifetime
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Find()}") };
    private RabbitServer _server = null!;
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _server = await RabbitServer.StartAsync();
        _site = await Site.CreateAsync(_server);
        _site.Registers("a: {table: a}");
        _site.Environment["ASPNETCORE_URLS"] = _http.BaseAddress!.OriginalString;
    }

    public async Task DisposeAsync()
    {
        _site.Stop();
        await _server.ThawAsync();
        await _site.DisposeAsync();
        await _server.DisposeAsync();
        _http.Dispose();
    }

    [Theory(Timeout = 300_000)]
    [InlineData("Fetcher")]
    [InlineData("Scheduler")]
    public async Task Keeps_a_service_up_and_not_ready_while_the_broker_is_silent(string service)
    {
        (await _site.BenchmarkAsync("topology")).ExitCode.Should().Be(0);
        using var process = _site.Run($"Benchmark.{service}");
        await UntilReadySaysAsync("Healthy");

        await _server.FreezeAsync();
        await UntilReadySaysAsync("broker: it does not answer within 3 s.");
        await Site.UntilAsync("the log says so", () => Task.FromResult(Lines(process).Length == 1));
        await _server.ThawAsync();

        await UntilReadySaysAsync("Healthy");
        await Site.UntilAsync("the log says that, too", () => Task.FromResult(
            process.Output.Contains("The broker serves this process again")));
        Lines(process).Should().ContainSingle().Which.Should().Contain("does not answer within 10 s.");
        process.Output.Should().NotContain("Not ready: ").And.NotContain("BackgroundService failed");
        process.HasExited.Should().BeFalse();
    }

    [Theory(Timeout = 300_000)]
    [InlineData(true, "broke")]
    [InlineData(false, "does not answer within 10 s.")]
    public async Task Says_that_it_went_away_or_silent_while_it_was_asked(bool away, string words)
    {
        (await _site.BenchmarkAsync("topology")).ExitCode.Should().Be(0);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("RabbitMq:Uri", _site.Environment["RABBITMQ_URI"])]).Build();
        await _server.Management.PublishAsync(_site.VirtualHost, "fetcher_error", "{}");
        var errors = await ErrorQueues.ConnectAsync(configuration, CancellationToken.None);
        var declaration = await TopologyDeclaration.ConnectAsync(configuration, CancellationToken.None);
        var taken = (await errors.TakeAsync("fetcher", 10, CancellationToken.None)).Messages.Single();

        await (away ? _server.KillAsync() : _server.FreezeAsync());
        Func<Task>[] calls =
        [
            () => errors.TakeAsync("fetcher", 10, CancellationToken.None),
            () => errors.SendAgainAsync(taken, CancellationToken.None),
            () => errors.FinishAsync(CancellationToken.None),
            () => declaration.HasAsync(Fetcher(), CancellationToken.None),
        ];
        var said = await Task.WhenAll(calls.Select(WhatItThrowsAsync));
        await errors.DisposeAsync();
        await declaration.DisposeAsync();
        await (away ? _server.RestartAsync() : _server.ThawAsync());

        said.Should().AllSatisfy(exception =>
            exception.Should().BeOfType<BrokerException>().Which.Message.Should().Contain(words));
        await Site.UntilAsync("it waits again", async () =>
            await _server.Management.CountAsync(_site.VirtualHost, "fetcher_error") == 1);
    }

    private static async Task<Exception?> WhatItThrowsAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static QueueDefinition Fetcher() => new()
    {
        Name = "fetcher",
        Durable = true,
        AutoDelete = false,
        Arguments = new Dictionary<string, object>(),
    };

    private static string[] Lines(ChildProcess process) => [.. process.Output.Split('\n')
        .Where(line => line.Contains("The broker does not serve this process: "))];

    private Task UntilReadySaysAsync(string words) => Site.UntilAsync($"/health/ready says {words}", async () =>
    {
        try
        {
            return (await (await _http.GetAsync("/health/ready")).Content.ReadAsStringAsync()).Contains(words);
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }, TimeSpan.FromMinutes(2));
}
