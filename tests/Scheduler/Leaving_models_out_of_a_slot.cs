using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;

namespace Benchmark.Scheduler.Tests;

public sealed class Leaving_models_out_of_a_slot : IAsyncLifetime
{
    private readonly SchedulerOnVolume _scheduler = new();

    private static ModelDefinition Model => Models.Named("vs", "a");

    public Task InitializeAsync() => _scheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task Leaves_out_a_suspended_model_and_says_so()
    {
        var suspended = Model with { Model = "b", Suspend = new Suspension(new DateOnly(2026, 11, 30), "rebuilt") };

        await _scheduler.AtAsync("2026-11-01T00:00:05Z", Model, suspended);
        await _scheduler.AtAsync("2026-12-01T00:00:05Z", Model, suspended);

        _scheduler.Published<RefreshRunStarted>().Select(run => string.Join(' ', run.Models.Select(m => m.Model)))
            .Should().BeEquivalentTo("a", "a b");
        _scheduler.Log.Lines.Should().ContainSingle(line => line.Contains("1 suspended: vs/b"));
    }

    [Fact]
    public async Task Starts_no_run_of_suspended_models_alone_nor_makes_up_for_it()
    {
        var suspended = Model with { Suspend = new Suspension(new DateOnly(2026, 11, 10), "rebuilt") };

        await _scheduler.AtAsync("2026-11-01T00:00:05Z", suspended);
        await _scheduler.AtAsync("2026-11-15T00:00:00Z", suspended);

        _scheduler.Published<RefreshRunStarted>().Should().BeEmpty();
    }

    [Fact]
    public async Task Does_not_start_later_than_the_starting_deadline()
    {
        var strict = Model with { Model = "b", StartingDeadline = TimeSpan.FromHours(2) };

        var exitCode = await _scheduler.AtAsync("2026-11-01T02:00:01Z", Model, strict);
        await _scheduler.AtAsync("2026-12-01T02:00:00Z", Model, strict);

        exitCode.Should().Be(0);
        _scheduler.Published<RefreshRunStarted>().Select(run => string.Join(' ', run.Models.Select(m => m.Model)))
            .Should().BeEquivalentTo("a", "a b");
        _scheduler.Log.Lines.Should().ContainSingle(
            line => line.StartsWith("Error: Schedule 0 0 1 * * UTC") && line.Contains("vs/b"));
    }

    [Fact]
    public async Task Waits_for_the_run_before_where_runs_may_not_overlap()
    {
        var hourly = Model with { Schedule = "0 * * * *", Concurrency = RunConcurrency.Forbid };
        await _scheduler.AtAsync("2026-11-01T00:00:00Z", hourly);
        await _scheduler.AtAsync("2026-11-01T01:00:00Z", hourly);
        var whileOpen = _scheduler.Published<RefreshRunStarted>();

        _scheduler.Close(whileOpen.Single().RunId);
        await _scheduler.AtAsync("2026-11-01T01:10:00Z", hourly);

        _scheduler.Published<RefreshRunStarted>().Should().HaveCount(2);
        _scheduler.Log.Lines.Should().ContainSingle(line => line.Contains("waits until"));
    }

    [Fact]
    public async Task Does_not_wait_for_ever_for_a_report_that_never_comes()
    {
        var hourly = Model with { Schedule = "0 * * * *", Concurrency = RunConcurrency.Forbid };
        await _scheduler.AtAsync("2026-11-01T00:00:00Z", hourly);

        await _scheduler.AtAsync("2026-11-02T06:00:01Z", hourly);

        _scheduler.Published<RefreshRunStarted>().Should().HaveCount(2);
    }

    [Fact]
    public async Task Does_not_wait_for_a_run_that_was_never_started()
    {
        var hourly = Model with { Schedule = "0 * * * *", Concurrency = RunConcurrency.Forbid };
        var suspended = hourly with { Suspend = new Suspension(new DateOnly(2026, 10, 31), "rebuilt") };
        await _scheduler.AtAsync("2026-10-31T23:00:00Z", suspended);
        await _scheduler.AtAsync("2026-11-01T00:00:00Z", suspended);
        var edited = hourly with { Schedule = "30 * * * *" };
        await _scheduler.AtAsync("2026-11-01T00:10:00Z", edited);

        await _scheduler.AtAsync("2026-11-01T00:30:00Z", edited);

        _scheduler.Published<RefreshRunStarted>().Should().HaveCount(2);
        _scheduler.Log.Lines.Should().NotContain(line => line.Contains("waits until"));
    }

    [Fact]
    public async Task Lets_only_the_models_wait_whose_runs_may_not_overlap()
    {
        var hourly = Model with { Schedule = "0 * * * *" };
        var alone = hourly with { Model = "b", Concurrency = RunConcurrency.Forbid };
        await _scheduler.AtAsync("2026-11-01T00:00:00Z", hourly, alone);

        await _scheduler.AtAsync("2026-11-01T01:00:00Z", hourly, alone);

        _scheduler.Published<RefreshRunStarted>().Select(run => run.Models.Single().Model)
            .Should().BeEquivalentTo("a", "b", "a");
        _scheduler.Published<RefreshRunStarted>().Select(run => run.RunId).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Names_what_comes_too_late_once_and_not_while_the_slot_stays_due()
    {
        var strict = Model with { Model = "b", StartingDeadline = TimeSpan.FromHours(2) };
        var scheduler = _scheduler.Process(Model, strict);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var inVain = () => scheduler.StartAsync(
            DateTimeOffset.Parse("2026-11-01T03:00:00Z"), TimeSpan.FromSeconds(20), stopped.Token);
        await inVain.Should().ThrowAsync<OperationCanceledException>();

        await scheduler.StartAsync(
            DateTimeOffset.Parse("2026-11-01T03:00:30Z"), TimeSpan.FromSeconds(20), CancellationToken.None);

        _scheduler.Log.Lines.Should().ContainSingle(line => line.Contains("starting_deadline")).Which.Should().Contain(
            "1 left out until the next slot, because this one starts 03:00:30 late");
    }
}
