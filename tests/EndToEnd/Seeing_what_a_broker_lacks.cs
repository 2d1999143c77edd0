using System.Net.Sockets;
using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>A broker of its own: this one has alarms.</summary>
[NeedsRabbitMq]
public sealed class Seeing_what_a_broker_lacks : IAsyncLifetime
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Find()}") };
    private RabbitServer _server = null!;
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _server = await RabbitServer.StartAsync();
        _site = await Site.CreateAsync(_server);
        _site.Warehousing("create table a as select 1 as id");
        _site.Registers("a: {table: a}");
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
        _http.Dispose();
    }

    [Fact(Timeout = 300_000)]
    public async Task Says_that_an_alarm_is_on_and_when_it_is_over()
    {
        (await _site.BenchmarkAsync("topology")).ExitCode.Should().Be(0);
        Listen();
        using var fetcher = _site.Run("Benchmark.Fetcher");
        await UntilReadySaysAsync("Healthy");

        _server.Control("set_vm_memory_high_watermark", "0.0000001");
        await UntilReadySaysAsync("takes no messages: a low on memory alarm is on");
        var check = await _site.BenchmarkAsync("check");
        _server.Control("set_vm_memory_high_watermark", "0.6");

        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain("takes no messages: a low on memory alarm is on")
            .And.Contain("rabbitmqctl list_alarms");
        await UntilReadySaysAsync("Healthy");
        await Site.UntilAsync("the log says both", () => Task.FromResult(
            fetcher.Output.Contains("The broker does not serve this process: ")
            && fetcher.Output.Contains("The broker serves this process again")));
    }

    [Theory(Timeout = 300_000)]
    // What it binds again, too: its queue, those of errors, and what MassTransit publishes.
    [InlineData("Fetcher", "^(fetcher(_error|_skipped)?|MassTransit:.*)$", true)]
    [InlineData("Scheduler", "^Benchmark.Contracts:(RefreshRunStarted|RefreshModel)$", true)]
    [InlineData("Scheduler", "^Benchmark.Contracts:(RefreshRunStarted|RefreshModel)$", false)]
    public async Task Looks_for_alarms_without_an_error_in_the_log_of_the_broker(
        string service, string write, bool isDeclared)
    {
        // Nothing is due: a run is started only where all queues are there, and that look is an error in the log.
        _site.Registers("a: {table: a, suspend: {until: 2199-12-31, reason: none is due}}");
        if (isDeclared)
            (await _site.BenchmarkAsync("topology")).ExitCode.Should().Be(0);
        await _server.Management.AddUserAsync("watcher", "secret", _site.VirtualHost, write: write);
        _site.Environment["RABBITMQ_URI"] = _server.Address(_site.VirtualHost, "watcher", "secret").OriginalString;
        Listen();
        using var process = _site.Run($"Benchmark.{service}");

        await UntilReadySaysAsync("Healthy");
        // The log is behind; what is logged last shows that it has caught up.
        (await _site.BenchmarkAsync("errors", "--broker", _server.Address("elsewhere").OriginalString))
            .ExitCode.Should().Be(3);
        await Site.UntilAsync("the log has caught up", () => Task.FromResult(
            _server.LoggedErrors.Any(line => line.Contains("elsewhere"))));

        _server.LoggedErrors.Where(line => line.Contains("'watcher'")).Should().BeEmpty();
        (await _server.Management.CountAsync(_site.VirtualHost, "fetcher_error"))
            .Should().Be(isDeclared ? 0 : null, "nothing is sent");
    }

    [Fact(Timeout = 300_000)]
    public async Task Says_that_a_queue_has_other_arguments()
    {
        (await _site.BenchmarkAsync("topology")).ExitCode.Should().Be(0);
        await _server.Management.DeleteAsync($"queues/{_site.VirtualHost}/fetcher");
        await _server.Management.PutAsync($"queues/{_site.VirtualHost}/fetcher", new { durable = true });
        Listen();

        using var fetcher = _site.Run("Benchmark.Fetcher");
        await UntilReadySaysAsync("inequivalent arg 'x-queue-type'");
        var check = await _site.BenchmarkAsync("check");

        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain("queue fetcher: PRECONDITION_FAILED - inequivalent arg 'x-queue-type'")
            .And.Contain("delete it and declare it again");
    }

    [Fact(Timeout = 300_000)]
    public async Task Makes_a_binding_again_that_someone_has_deleted()
    {
        using var validator = (await _site.StartAsync("Validator")).Single();
        var bindings = $"bindings/{_site.VirtualHost}/e/validator/q/validator";

        await _server.Management.DeleteAsync($"{bindings}/~");

        await Site.UntilAsync(
            "it is there again",
            async () => (await _server.Management.GetAsync(bindings))!.AsArray().Count == 1, TimeSpan.FromMinutes(4));
    }

    [Fact(Timeout = 300_000)]
    public async Task Says_in_the_log_why_it_is_refused_and_again_each_minute()
    {
        _site.Environment["RABBITMQ_URI"] = _server.Address(_site.VirtualHost, "late", "secret").OriginalString;
        using var validator = _site.Run("Benchmark.Validator");

        string[] Lines() => [.. validator.Output.Split('\n')
            .Where(line => line.Contains("The broker does not serve this process: "))];
        await Site.UntilAsync(
            "it has said so twice", () => Task.FromResult(Lines().Length >= 2), TimeSpan.FromMinutes(4));

        Lines().Should().AllSatisfy(line => line.Should().Contain("ACCESS_REFUSED")
            .And.Contain("Correct user, password and virtual host").And.Contain("\"error\"").And.NotContain("secret"));
        validator.HasExited.Should().BeFalse();
    }

    [Fact(Timeout = 300_000)]
    public async Task Finds_the_host_of_several_that_answers()
    {
        _site.Environment["RABBITMQ_URI"] = _site.Environment["RABBITMQ_URI"]
            .Replace("@127.0.0.1:", "@127.0.0.1:1,127.0.0.1:", StringComparison.Ordinal);
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");

        var refresh = await _site.BenchmarkAsync("refresh", "--all", "--wait");

        refresh.ExitCode.Should().Be(0, refresh.Error);
    }

    [Theory(Timeout = 300_000)]
    [InlineData("check")]
    [InlineData("topology")]
    [InlineData("refresh", "--all")]
    public async Task Ends_a_command_soon_when_the_broker_accepts_and_stays_silent(params string[] command)
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        _site.Environment["RABBITMQ_URI"] = $"amqp://guest:hunter2@{listener.LocalEndpoint}/";

        var (exitCode, output, error) = await _site.BenchmarkAsync(command);

        exitCode.Should().Be(3);
        (output + error).Should().Contain("does not answer within 10 s.").And.NotContain("hunter2");
    }

    private void Listen() => _site.Environment["ASPNETCORE_URLS"] = _http.BaseAddress!.OriginalString;

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
