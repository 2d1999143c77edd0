using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>A broker of its own: this one is killed.</summary>
[NeedsRabbitMq]
public sealed class Keeping_the_clock : IAsyncLifetime
{
    private RabbitServer _server = null!;
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _server = await RabbitServer.StartAsync();
        _site = await Site.CreateAsync(_server);
        _site.Warehousing("create table a as select range as id from range(100)");
        _site.Registers("a: {table: a}");
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact(Timeout = 180_000)]
    public async Task Starts_what_was_due_in_an_outage_when_the_broker_is_back()
    {
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");
        await _server.KillAsync();
        _site.Environment["Scheduler__Tick"] = "00:00:01";

        using var scheduler = _site.Run("Benchmark.Scheduler");
        await Site.UntilAsync("the slot has come", () => Task.FromResult(scheduler.Output.Contains("stays due")));
        await _server.RestartAsync();

        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed",
            TimeSpan.FromMinutes(2));
        scheduler.HasExited.Should().BeFalse();
        (await scheduler.EndAsync()).Should().Be(0);
    }

    [Fact(Timeout = 180_000)]
    public async Task One_slot_is_one_run_with_one_report_however_often_it_is_started()
    {
        var services = await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");

        using var first = _site.Run("Benchmark.Scheduler", "--once");
        using var second = _site.Run("Benchmark.Scheduler", "--once");
        int[] exitCodes = [await first.ExitAsync(), await second.ExitAsync()];
        await Site.UntilAsync("the reports are written", () => Task.FromResult(
            Reports().Length == 1 && Directory.Exists(_site.OnVolume(".benchmark/reports"))
            && Directory.GetFiles(_site.OnVolume(".benchmark/reports"), "*.html").Length == 1));
        File.Delete(_site.OnVolume(".benchmark/slots.json"));
        using var third = _site.Run("Benchmark.Scheduler", "--once");
        var exitCodeOfThird = await third.ExitAsync();
        using var fourth = _site.Run("Benchmark.Scheduler", "--once");
        var exitCodeOfFourth = await fourth.ExitAsync();
        await RefreshByHandAsync();

        exitCodes.Should().AllBeEquivalentTo(0, first.Output + second.Output);
        exitCodeOfThird.Should().Be(0, third.Output);
        third.Output.Should().Contain("not started again, because its run ");
        exitCodeOfFourth.Should().Be(0, fourth.Output);
        fourth.Output.Should().Contain("Nothing is due; next is schedule 0 0 1 * * UTC at ");
        (await _site.RunsAsync()).Select(run => run.GetProperty("trigger").GetString())
            .Should().BeEquivalentTo("schedule", "operator");
        await Site.UntilAsync("the second report is written", () => Task.FromResult(Reports().Length >= 2));
        Reports().Should().HaveCount(2);
        services.Should().AllSatisfy(service => service.HasExited.Should().BeFalse());
    }

    // Its messages stand in every queue behind those of the third start: when it has closed, they have been dealt with.
    private async Task RefreshByHandAsync()
    {
        var refresh = await _site.BenchmarkAsync("refresh", "--all", "--wait");
        refresh.ExitCode.Should().Be(0, refresh.Error);
    }

    private string[] Reports() => Directory.Exists(Outbox) ? Directory.GetFiles(Outbox, "*.eml") : [];

    private string Outbox => Path.Combine(_site.InDirectory("state"), "outbox");
}
