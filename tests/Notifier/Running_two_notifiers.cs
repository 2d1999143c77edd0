using Benchmark.Contracts;
using Benchmark.Notifier.Deliveries;
using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

public sealed class Running_two_notifiers_on_sqlite() : Running_two_notifiers(Databases.Sqlite);

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Running_two_notifiers_on_postgresql(PostgresServer server)
    : Running_two_notifiers(Databases.AddTo(server));

/// <summary>The same on every database.</summary>
public abstract class Running_two_notifiers(Dictionary<string, string?> settings) : IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly Events _run = new();

    [Fact]
    public async Task Accounts_for_every_event_and_closes_the_run_once()
    {
        string[] models = [.. Enumerable.Range(0, 100).Select(i => $"model_{i}")];
        await using var here = await NotifierHost.StartAsync(_volume, settings: settings);
        await using var there = await NotifierHost.StartAsync(_volume, settings: settings);
        object[] events =
        [
            .. models.Select(_run.Staged),
            .. models.Select(_run.Validated),
            .. models.Select(model => _run.Published(model)),
        ];

        // Every event goes to one of the two, as from one queue; the start comes in the middle.
        await Task.WhenAll(
        [
            .. events.Index().Select(e => (e.Index % 2 == 0 ? here : there).ConsumeAsync(e.Item)),
            there.ConsumeAsync(_run.Started(models)),
        ]);

        var run = await here.Runs.FindAsync(_run.RunId);
        run.Should().BeEquivalentTo(new { State = RunState.Completed, Published = 100 });
        here.Published<RunClosed>().Concat(there.Published<RunClosed>()).Should().ContainSingle();
    }

    [Fact]
    public async Task Sends_each_report_once()
    {
        await using var here = await NotifierHost.StartAsync(_volume, settings: settings);
        await using var there = await NotifierHost.StartAsync(_volume, settings: settings);
        Guid[] runIds = [.. Enumerable.Range(0, 20).Select(_ => Guid.NewGuid())];
        foreach (var events in runIds.Select(runId => new Events(runId)))
        {
            await here.ConsumeAsync(events.Started("a"));
            await here.ConsumeAsync(events.Published("a"));
        }

        await Task.WhenAll(Task.Run(() => here.Sweep.SweepNowAsync()), Task.Run(() => there.Sweep.SweepNowAsync()));

        // That a server gets no second copy is seen in Delivering_reports; here, that nothing is left or in each
        // other's way.
        var deliveries = await Task.WhenAll(runIds.Select(runId => here.Runs.DeliveriesAsync(runId)));
        deliveries.SelectMany(d => d)
            .Should().HaveCount(20).And.OnlyContain(d => d.State == Delivery.Sent && d.Attempts == 0);
    }

    public void Dispose() => _volume.Dispose();
}
