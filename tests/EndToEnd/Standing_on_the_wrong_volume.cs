using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>An empty directory in place of the volume, as where a mount is lost.</summary>
[NeedsRabbitMq]
[Collection(nameof(Broker))]
public sealed class Standing_on_the_wrong_volume(Broker broker) : IAsyncLifetime
{
    private const string Requests = "Benchmark.Contracts:RefreshModel";

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Find()}") };
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.CreateAsync(broker.Server);
        _site.Warehousing("create table a as select 1 as id");
        _site.Registers("a: {table: a}");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _site.DisposeAsync();
    }

    [Fact(Timeout = 180_000)]
    public async Task Publishes_nothing_there_and_what_was_asked_for_once_the_right_one_is_back()
    {
        var fetcher = (await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier"))[0];
        LoseVolume();

        await broker.Server.Management.PublishAsync(
            _site.VirtualHost, Requests, """{"valueStream":"vs","model":"a"}""");
        await UntilHeldAsync(fetcher, "fetcher");
        var written = Directory.GetFileSystemEntries(_site.OnVolume(""));
        RecoverVolume();

        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed");
        written.Should().BeEmpty();
        File.ReadAllLines(_site.OnVolume("vs/a/benchmark.csv")).Should().Equal("id", "1");
        fetcher.Output.Should().Contain("Messages of fetcher are taken again");
    }

    [Theory(Timeout = 180_000)]
    [InlineData("Fetcher")]
    [InlineData("Validator")]
    [InlineData("Publisher")]
    public async Task Leaves_messages_in_the_queue_is_not_ready_and_says_why(string service)
    {
        LoseVolume();
        _site.Environment["ASPNETCORE_URLS"] = _http.BaseAddress!.OriginalString;
        var process = (await _site.StartAsync(service)).Single();
        var queue = service.ToLowerInvariant();

        await broker.Server.Management.PublishAsync(_site.VirtualHost, queue, "{}");
        await UntilHeldAsync(process, queue);
        var ready = await (await _http.GetAsync("/health/ready")).Content.ReadAsStringAsync();
        var held = await broker.Server.Management.CountAsync(_site.VirtualHost, $"{queue}_error");
        RecoverVolume();

        ready.Should().Contain("volume: The volume ").And.Contain("benchmark volume accept");
        held.Should().BeNull("it was not looked at");
        // Where all goes that is no message.
        await Site.UntilAsync("it is taken", async () =>
            await broker.Server.Management.CountAsync(_site.VirtualHost, $"{queue}_error") == 1);
    }

    [Fact(Timeout = 180_000)]
    public async Task Leaves_messages_in_the_queue_while_the_volume_does_not_answer()
    {
        var services = await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");
        var bookkeeping = _site.OnVolume(".benchmark");
        Directory.Move(bookkeeping, $"{bookkeeping}.real");
        File.CreateSymbolicLink(bookkeeping, ".benchmark");

        await broker.Server.Management.PublishAsync(
            _site.VirtualHost, Requests, """{"valueStream":"vs","model":"a"}""");
        await UntilHeldAsync(services[0], "fetcher");
        File.Delete(bookkeeping);
        Directory.Move($"{bookkeeping}.real", bookkeeping);

        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed");
        services[0].Output.Should().Contain("Too many levels of symbolic links").And.NotContain("T-FAULT");
    }

    [Fact(Timeout = 180_000)]
    public async Task Gives_what_it_holds_back_for_another_that_has_the_right_one()
    {
        var right = _site.Environment["BENCHMARK_ROOT"];
        _site.Environment["BENCHMARK_ROOT"] = Directory.CreateDirectory(_site.InDirectory("elsewhere")).FullName;
        var wrong = (await _site.StartAsync("Fetcher")).Single();
        await broker.Server.Management.PublishAsync(
            _site.VirtualHost, Requests, """{"valueStream":"vs","model":"a"}""");
        await UntilHeldAsync(wrong, "fetcher");

        _site.Environment["BENCHMARK_ROOT"] = right;
        await _site.StartAsync("Validator", "Publisher", "Notifier");
        _site.Run("Benchmark.Fetcher");

        await Site.UntilAsync("it is published", () => Task.FromResult(File.Exists(
            _site.OnVolume("vs/a/benchmark.csv"))));
        Directory.GetFileSystemEntries(_site.InDirectory("elsewhere")).Should().BeEmpty();
        (await wrong.EndAsync()).Should().Be(0, wrong.Output);
        wrong.Output.Should().NotContain("\"stack\"");
    }

    private void LoseVolume()
    {
        Directory.Move(_site.InDirectory("efs"), _site.InDirectory("efs.real"));
        Directory.CreateDirectory(_site.InDirectory("efs"));
    }

    private void RecoverVolume()
    {
        Directory.Delete(_site.InDirectory("efs"));
        Directory.Move(_site.InDirectory("efs.real"), _site.InDirectory("efs"));
    }

    private static Task UntilHeldAsync(ChildProcess process, string queue) => Site.UntilAsync(
        $"nothing is taken from {queue}",
        () => Task.FromResult(process.Output.Contains($"No messages are taken from {queue}; they wait there.")));
}
