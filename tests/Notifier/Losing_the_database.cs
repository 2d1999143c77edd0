using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

/// <summary>On a PostgreSQL of its own, because it is killed.</summary>
[NeedsPostgreSql]
public sealed class Losing_the_database : IDisposable
{
    private readonly PostgresServer _server = new();
    private readonly TempVolume _volume = new();

    [Fact]
    public async Task Accounts_for_every_event_when_postgresql_is_killed_in_the_middle()
    {
        // More runs than are worked on at a time, so that connections in use, idle and new ones all meet the kill.
        Events[] runs = [.. Enumerable.Range(0, 20).Select(_ => new Events())];
        string[] models = [.. Enumerable.Range(0, 20).Select(i => $"model_{i}")];
        await using var here = await NotifierHost.StartAsync(_volume, settings: Databases.AddTo(_server));
        await Task.WhenAll(runs.Select(run => here.ConsumeAsync(run.Started(models))));

        var staged = ConsumeAll(run => models.Select(run.Staged));
        var published = ConsumeAll(run => models.Select(model => run.Published(model)));
        await Task.WhenAny(staged);
        _server.Kill();
        var underWay = published.Count(task => !task.IsCompleted);
        _server.Start();
        await Task.WhenAll([.. staged, .. published]);

        underWay.Should().BePositive("it was killed in the middle");
        foreach (var run in runs)
        {
            (await here.Runs.FindAsync(run.RunId)).Should().BeEquivalentTo(
                new { State = RunState.Completed, Published = models.Length, Missing = 0 });
            (await here.Runs.DeliveriesAsync(run.RunId)).Should().ContainSingle();
        }

        Task[] ConsumeAll(Func<Events, IEnumerable<object>> events) =>
            [.. runs.SelectMany(events).Select(@event => Task.Run(() => here.ConsumeAsync(@event)))];
    }

    [Fact]
    public async Task Holds_the_events_until_it_is_back_and_says_so_in_one_line()
    {
        var run = new Events();
        string[] models = [.. Enumerable.Range(0, 30).Select(i => $"model_{i}")];
        await using var here = await NotifierHost.StartAsync(_volume, settings: Databases.AddTo(_server));
        await here.ConsumeAsync(run.Started(models));

        _server.Kill();
        Task[] published = [.. models.Select(model => Task.Run(() => here.ConsumeAsync(run.Published(model))))];
        await here.Sweep.SweepNowAsync().ContinueWith(_ => { }, TaskScheduler.Default);
        // Longer than what a busy database is given.
        await Task.WhenAny(Task.WhenAny(published), Task.Delay(TimeSpan.FromSeconds(25)));
        var done = published.Count(task => task.IsCompleted);
        _server.Start();
        await Task.WhenAll(published);

        done.Should().Be(0);
        (await here.Runs.FindAsync(run.RunId)).Should().BeEquivalentTo(
            new { State = RunState.Completed, Published = models.Length, Missing = 0 });
        here.Log.Lines.Where(line => line.Contains("cannot be reached", StringComparison.Ordinal)).Should()
            .ContainSingle().Which.Should().StartWith("Error: ").And.Contain("events wait in the queue");
    }

    [Fact]
    public async Task Says_nothing_more_while_it_stops()
    {
        var run = new Events();
        await using var here = await NotifierHost.StartAsync(_volume, settings: Databases.AddTo(_server));
        await here.ConsumeAsync(run.Started("a"));
        _server.Kill();
        var held = Task.Run(() => here.ConsumeAsync(run.Published("a")));
        await here.Log.NextAsync("Error: The Notifier's database");

        here.BeginToStop();
        // Longer than many retries.
        await Task.WhenAny(held, Task.Delay(TimeSpan.FromSeconds(5)));
        _server.Start();
        await held;

        here.Log.Lines.Should().ContainSingle(line => line.Contains("cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Takes_a_new_volume_when_the_database_is_back_that_was_away_at_the_start()
    {
        await using var here = await NotifierHost.StartAsync(_volume, settings: Databases.AddTo(_server));
        using var volume = new VolumeOfRuns(here.Runs, _volume.Layout);
        _server.Kill();
        await volume.StartAsync(CancellationToken.None);
        var whileAway = File.Exists(_volume.Layout.Installation);

        _server.Start();
        await volume.ExecuteTask!;

        whileAway.Should().BeFalse();
        Installation.IdOf(_volume.Layout).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Takes_it_too_when_something_was_in_the_way_and_says_once_what()
    {
        await using var here = await NotifierHost.StartAsync(_volume, settings: Databases.AddTo(_server));
        using var log = new LogCapture();
        using var volume = new VolumeOfRuns(here.Runs, _volume.Layout, log.For<VolumeOfRuns>());
        _server.Kill();
        await volume.StartAsync(CancellationToken.None);
        File.WriteAllText(_volume.Layout.Bookkeeping, "in the way");

        _server.Start();
        await log.NextAsync("Error: The volume is not marked");
        File.Delete(_volume.Layout.Bookkeeping);
        await volume.ExecuteTask!;

        Installation.IdOf(_volume.Layout).Should().NotBeEmpty();
        log.Lines.Should().ContainSingle().Which.Should().Contain(_volume.Layout.Bookkeeping);
    }

    public void Dispose()
    {
        _server.Dispose();
        _volume.Dispose();
    }
}
