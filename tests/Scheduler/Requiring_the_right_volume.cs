using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;

namespace Benchmark.Scheduler.Tests;

public sealed class Requiring_the_right_volume : IAsyncLifetime
{
    private static readonly ModelDefinition s_model = Models.Named("vs", "a");

    private readonly SchedulerOnVolume _scheduler = new();

    public Task InitializeAsync() => _scheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task Starts_nothing_on_an_empty_directory_and_writes_nothing_to_it()
    {
        Directory.Delete(_scheduler.Volume.Layout.Bookkeeping, recursive: true);
        var process = _scheduler.Process(s_model);

        var exitCode = await StartAsync(process, "2026-11-01T00:00:05Z");
        await StartAsync(process, "2026-11-01T00:00:35Z");

        exitCode.Should().Be(3);
        _scheduler.Published<RefreshRunStarted>().Should().BeEmpty();
        _scheduler.Log.Lines.Should().ContainSingle("it is said once").Which.Should()
            .StartWith("Error: No run started. The volume ").And.Contain("benchmark volume accept");
        Directory.GetFileSystemEntries(_scheduler.Volume.Root).Should().BeEmpty();
    }

    [Fact]
    public async Task Starts_what_is_due_when_the_volume_is_back()
    {
        var layout = _scheduler.Volume.Layout;
        var process = _scheduler.Process(s_model);
        Directory.Move(layout.Bookkeeping, $"{layout.Bookkeeping}.real");
        await StartAsync(process, "2026-11-01T00:00:05Z");
        Directory.Move($"{layout.Bookkeeping}.real", layout.Bookkeeping);

        var exitCode = await StartAsync(process, "2026-11-01T00:00:35Z");

        exitCode.Should().Be(0);
        _scheduler.Published<RefreshRunStarted>().Should().ContainSingle();
    }

    [Fact]
    public async Task Does_not_start_the_run_of_a_slot_again_that_has_closed()
    {
        await _scheduler.AtAsync("2026-11-01T00:00:05Z", s_model);
        var run = _scheduler.Published<RefreshRunStarted>().Single().RunId;
        _scheduler.Close(run);
        File.Delete(_scheduler.Volume.Layout.EmittedSlots);

        await _scheduler.AtAsync("2026-11-10T00:00:00Z", s_model);
        await _scheduler.AtAsync("2026-11-10T00:00:30Z", s_model);

        _scheduler.Published<RefreshRunStarted>().Should().ContainSingle();
        _scheduler.Log.Lines.Should().ContainSingle(line => line.StartsWith("Warning: "))
            .Which.Should().Contain($"benchmark runs {run}")
            .And.Contain("restored from a backup").And.Contain("benchmark refresh --all");
    }

    private static Task<int> StartAsync(DueRuns process, string moment) =>
        process.StartAsync(DateTimeOffset.Parse(moment), TimeSpan.FromSeconds(20), CancellationToken.None);
}
