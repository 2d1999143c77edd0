using System.Net;
using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>A broker of its own: this one is killed.</summary>
[NeedsRabbitMq]
public sealed class Being_ready : IAsyncLifetime
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
        await _site.DisposeAsync();
        await _server.DisposeAsync();
        _http.Dispose();
    }

    [Theory(Timeout = 180_000)]
    [InlineData("Fetcher")]
    [InlineData("Scheduler")]
    public async Task Is_alive_but_not_ready_while_the_broker_is_away(string service)
    {
        // It consumes, and does not only just begin to.
        var process = service == "Scheduler"
            ? _site.Run("Benchmark.Scheduler") : (await _site.StartAsync(service)).Single();
        await UntilReadyIsAsync(HttpStatusCode.OK);

        await _server.KillAsync();
        await UntilReadyIsAsync(HttpStatusCode.ServiceUnavailable);
        var live = await _http.GetAsync("/health/live");
        await _server.RestartAsync();

        live.StatusCode.Should().Be(HttpStatusCode.OK);
        await UntilReadyIsAsync(HttpStatusCode.OK);
        process.HasExited.Should().BeFalse();
    }

    [Fact(Timeout = 180_000)]
    public async Task Becomes_ready_when_a_broker_appears_that_was_down_at_its_start()
    {
        await _server.KillAsync();
        using var process = _site.Run("Benchmark.Fetcher");
        await UntilReadyIsAsync(HttpStatusCode.ServiceUnavailable);
        var live = await _http.GetAsync("/health/live");

        await _server.RestartAsync();

        live.StatusCode.Should().Be(HttpStatusCode.OK);
        await UntilReadyIsAsync(HttpStatusCode.OK);
    }

    [Fact(Timeout = 180_000)]
    public async Task Ends_to_be_started_anew_when_its_broker_lets_it_in_and_does_not_serve_it()
    {
        await _server.Management.AddUserAsync("deaf", "secret", _site.VirtualHost, read: "^$");
        _site.Environment["RABBITMQ_URI"] = _server.Address(_site.VirtualHost, "deaf", "secret").OriginalString;
        _site.Environment["RabbitMq__RestartAfter"] = "00:00:04";

        using var process = _site.Run("Benchmark.Fetcher");
        var exitCode = await process.ExitAsync();

        exitCode.Should().Be(3);
        process.Output.Should().Contain("has not served it for 00:00:04").And.Contain("may declare, read and write");
    }

    private Task UntilReadyIsAsync(HttpStatusCode status) => Site.UntilAsync($"/health/ready says {status}", async () =>
    {
        try
        {
            return (await _http.GetAsync("/health/ready")).StatusCode == status;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    });
}
