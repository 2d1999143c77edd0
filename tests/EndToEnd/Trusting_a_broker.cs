using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>A broker of its own: this one speaks TLS.</summary>
[NeedsRabbitMq]
public sealed class Trusting_a_broker : IAsyncLifetime
{
    private readonly Authority _authority = new();
    private RabbitServer _server = null!;
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _server = await RabbitServer.StartAsync(_authority.Configuration);
        _site = await Site.CreateAsync(_server);
        _site.Warehousing("create table a as select range as id from range(100)");
        _site.Registers("a: {table: a}");
        Address("localhost");
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task Refreshes_through_TLS_with_a_private_authority_that_is_trusted()
    {
        _site.Environment["SSL_CERT_FILE"] = _authority.Root;
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");

        using var scheduler = _site.Run("Benchmark.Scheduler", "--once");
        var exitCode = await scheduler.ExitAsync();

        exitCode.Should().Be(0, scheduler.Error + scheduler.Output);
        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed");
    }

    [Fact]
    public async Task Refuses_an_authority_that_nobody_trusts()
    {
        using var fetcher = _site.Run("Benchmark.Fetcher");

        var check = await _site.BenchmarkAsync("check");

        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain("no trusted authority vouches for its certificate").And.Contain("SSL_CERT_FILE");
        await Site.UntilAsync("the service has refused it, too", () =>
            Task.FromResult(fetcher.Output.Contains("The broker does not serve this process: ")
                && fetcher.Output.Contains("no trusted authority vouches for its certificate")));
    }

    [Fact]
    public async Task Refuses_a_certificate_for_another_host()
    {
        _site.Environment["SSL_CERT_FILE"] = _authority.Root;
        Address("127.0.0.1");
        using var fetcher = _site.Run("Benchmark.Fetcher");

        var check = await _site.BenchmarkAsync("check");

        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain("its certificate is not made out to 127.0.0.1").And.Contain("RABBITMQ_URI");
        await Site.UntilAsync("the service has refused it, too", () =>
            Task.FromResult(fetcher.Output.Contains("The broker does not serve this process: ")
                && fetcher.Output.Contains("its certificate is not made out to 127.0.0.1")));
    }

    private void Address(string host) =>
        _site.Environment["RABBITMQ_URI"] = $"amqps://guest:guest@{host}:{_authority.Port}/{_site.VirtualHost}";
}
