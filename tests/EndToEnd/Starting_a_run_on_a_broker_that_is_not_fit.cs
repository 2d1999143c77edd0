using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[Collection(nameof(Broker))]
public sealed class Starting_a_run_on_a_broker_that_is_not_fit(Broker broker) : IAsyncLifetime
{
    // It gives up after 25 s; the rest is for the start of the program on a busy machine.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.CreateAsync(broker.Server);
        _site.Warehousing("create table a as select range as id from range(100)");
        _site.Registers("a: {table: a}");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("amqp://guest:guest@127.0.0.1:1/", "Connection refused")]
    [InlineData("wrong password", "ACCESS_REFUSED")]
    [InlineData("no such virtual host", "not found")]
    public async Task Says_why_and_leaves_the_slot_due(string address, string reason)
    {
        var right = _site.Environment["RABBITMQ_URI"];
        _site.Environment["RABBITMQ_URI"] = address switch
        {
            "wrong password" => broker.Server.Address(_site.VirtualHost, password: "hunter2").OriginalString,
            "no such virtual host" => broker.Server.Address("elsewhere").OriginalString,
            _ => address,
        };

        var (exitCode, output) = await StartDueAsync();

        exitCode.Should().Be(3, output);
        output.Should().Contain(reason).And.Contain("RABBITMQ_URI").And.Contain("stays due").And.NotContain("hunter2");
        _site.Environment["RABBITMQ_URI"] = right;
        await ARunClosesAsync();
    }

    [Fact]
    public async Task Names_the_queues_that_are_missing()
    {
        var (exitCode, output) = await StartDueAsync();
        var refresh = await _site.BenchmarkAsync("refresh", "--all");
        var check = await _site.BenchmarkAsync("check", "--json");

        exitCode.Should().Be(3, output);
        output.Should().Contain("fetcher, validator, publisher, notifier").And.Contain(
            "benchmark topology").And.Contain("stays due");
        refresh.ExitCode.Should().Be(3);
        refresh.Error.Should().Contain("fetcher, validator, publisher, notifier").And.Contain("benchmark topology");
        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain("fetcher, validator, publisher, notifier").And.Contain("benchmark topology");
        await ARunClosesAsync();
    }

    [Fact]
    public async Task Sends_nothing_from_a_volume_that_nobody_has_taken()
    {
        File.Delete(_site.OnVolume(".benchmark/installation"));

        var refresh = await _site.BenchmarkAsync("refresh", "--all");

        refresh.ExitCode.Should().Be(3);
        refresh.Error.Should().Contain("has no .benchmark/installation").And.Contain("start the Notifier");
        Directory.GetFileSystemEntries(_site.OnVolume(".benchmark")).Should().BeEmpty();
    }

    [Fact]
    public async Task Is_not_content_with_a_single_queue_bound_to_everything()
    {
        await _site.StartAsync("Notifier");

        var (exitCode, output) = await StartDueAsync();

        exitCode.Should().Be(3, output);
        output.Should().Contain("has no queue fetcher, validator, publisher:").And.Contain("stays due");
    }

    [Fact(Timeout = 180_000)]
    public async Task Ends_in_time_when_the_user_may_not_write()
    {
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");
        await broker.Server.Management.AddUserAsync("reader", "secret", _site.VirtualHost, write: "^$");
        _site.Environment["RABBITMQ_URI"] = broker.Server.Address(_site.VirtualHost, "reader", "secret").OriginalString;

        var (exitCode, output) = await StartDueAsync();
        var refresh = await _site.BenchmarkAsync("refresh", "--all");

        exitCode.Should().Be(3, output);
        output.Should().Contain("may write").And.Contain("stays due");
        refresh.ExitCode.Should().Be(3);
        refresh.Error.Should().Contain("may write");
        (await _site.RunsAsync()).Should().BeEmpty();
    }

    private async Task<(int ExitCode, string Output)> StartDueAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        using var scheduler = _site.Run("Benchmark.Scheduler", "--once");
        var exitCode = await scheduler.ExitAsync();
        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(s_limit, scheduler.Output);
        return (exitCode, scheduler.Error + scheduler.Output);
    }

    private async Task ARunClosesAsync()
    {
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");
        var (exitCode, output) = await StartDueAsync();
        exitCode.Should().Be(0, output);
        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed");
    }
}
