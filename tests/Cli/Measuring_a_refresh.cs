using System.Diagnostics.Metrics;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Benchmark.Notifier.Runs;
using Benchmark.Scheduler;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli.Tests;

/// <summary>All services in one process; its models are of a value stream that no other test has.</summary>
public sealed class Measuring_a_refresh : IDisposable
{
    private const string Stream = "measured";

    private readonly Workplace _place = new();

    [Fact]
    public async Task Emits_every_metric_of_the_catalogue_and_no_other()
    {
        _place.Warehousing("create table same as select 1 as id; create table empty (id integer)");
        // Files, because a source that was read stays open, and cannot be written meanwhile.
        _place.Write("moving.csv", ["id,score", .. Enumerable.Range(0, 1000).Select(i => $"{i},{i % 10}")]);
        _place.Write("ahead.csv", ["id", "1"]);
        Registers(
            "same: {table: same}", "empty: {table: empty}", "nowhere: {table: nowhere}",
            $"moving: {{query: \"select * from read_csv('{_place.InDirectory("moving.csv")}')\"}}",
            $"ahead: {{query: \"select * from read_csv('{_place.InDirectory("ahead.csv")}')\"}}",
            "random: {query: \"select (random() * 1e9)::bigint as id from range(9)\", reconcile: true}");
        using var host = Build();
        using var metrics = new MetricProbe(_ => true);
        await host.StartAsync();

        var first = await RunAsync(host);
        _place.Write("moving.csv", ["id,score", .. Enumerable.Range(0, 1000).Select(i => $"{i},{i % 11 % 10}")]);
        _place.Write("ahead.csv", ["id", "2"]);
        BeFetchedLater("ahead");
        var second = await RunAsync(host);
        var third = await MissAsync(host);
        await UntilAsync(() => Measured().Any(seen => seen.Values == "mail given_up"));
        await UntilAsync(() =>
        {
            metrics.ReadGauges();
            return Measured().Select(seen => seen.Instrument.Name).ToHashSet().IsSupersetOf(
                Metrics.All.Select(metric => metric.Name));
        });
        await host.StopAsync();

        Outcomes(first).Should().Equal(
            "ahead published", "empty rejected", "moving published", "nowhere failed", "random failed",
            "same published");
        Outcomes(second).Should().Equal(
            "ahead superseded", "empty rejected", "moving published", "nowhere failed", "random failed",
            "same unchanged");
        Outcomes(third).Should().Equal("same missing");
        var seen = Measured().ToList();
        seen.Select(measured => measured.Instrument.Name).Distinct().Should().BeEquivalentTo(
            Metrics.All.Select(metric => metric.Name));
        foreach (var measured in seen)
            Check(measured, Metrics.All.Single(metric => metric.Name == measured.Instrument.Name));
        Sum("benchmark.refresh.outcomes", "published", "moving").Should().Be(2);
        Sum("benchmark.refresh.outcomes", "missing", "same").Should().Be(1);
        Sum("benchmark.checks.failed", "rows").Should().Be(2, "the empty table was rejected twice");
        Sum("benchmark.reconciliation.mismatches").Should().Be(6, "each of two fetches reads three times");
        Sum("benchmark.runs.closed", "incomplete").Should().Be(1);

        // The Notifier's instruments are of its host; those of the others of the process, with tests beside this one.
        IEnumerable<MetricProbe.Measured> Measured() => metrics.All.Where(measured =>
            measured.Instrument.Meter.Scope == host.Services.GetRequiredService<IMeterFactory>()
            || (measured.Instrument.Meter.Scope is null && measured.Tags.Any(tag => Equals(tag.Value, Stream))));

        double Sum(string name, params string[] tags) => seen
            .Where(measured => measured.Instrument.Name == name
                && tags.All(tag => measured.Tags.Any(other => Equals(other.Value, tag))))
            .Sum(measured => measured.Value);
    }

    public void Dispose() => _place.Dispose();

    private static void Check(MetricProbe.Measured measured, Metric metric)
    {
        measured.Instrument.Unit.Should().Be(metric.Unit, metric.Name);
        measured.Instrument.Description.Should().Be(metric.Meaning, metric.Name);
        measured.Tags.Select(tag => tag.Key).Should().Equal(metric.Tags, metric.Name);
        measured.Tags.Should().OnlyContain(tag => tag.Value is string && ((string)tag.Value).Length > 0, metric.Name);
        measured.Instrument.GetType().Name.Split('`')[0].Should().BeOneOf(metric.Kind switch
        {
            MetricKind.Counter => ["Counter", "ObservableCounter"],
            MetricKind.UpDownCounter => ["UpDownCounter"],
            MetricKind.Histogram => ["Histogram"],
            _ => (string[])["ObservableGauge"],
        });
    }

    private static IEnumerable<string> Outcomes(RunSummary run) =>
        run.Models.Select(model => $"{model.Model} {model.Outcome.ToString()?.ToLowerInvariant()}");

    // The mail server refuses the connection, so that its report is retried and then given up.
    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Volume:Root"] = _place.Volume,
            ["Registry:Path"] = _place.Registry,
            ["State:Directory"] = _place.State,
            ["Mail:Smtp"] = $"smtp://127.0.0.1:{FreePort.Find()}",
            ["Notifier:SweepInterval"] = "00:00:00.1",
            ["Notifier:GiveUpAfter"] = "00:00:01",
            ["Notifier:GaugeInterval"] = "00:00:01",
            ["OpenLineage:Url"] = $"http://127.0.0.1:{FreePort.Find()}",
        });
        builder.AddRunStarter();
        builder.AddRefreshing();
        builder.AddBus();
        return builder.Build();
    }

    private void Registers(params string[] models)
    {
        _place.Registers(models);
        var registry = File.ReadAllText(_place.Registry);
        File.WriteAllText(_place.Registry, registry.Replace("  vs:", $"  {Stream}:", StringComparison.Ordinal));
    }

    // What another process's later fetch, or a clock that is ahead, leaves behind.
    private void BeFetchedLater(string model)
    {
        var path = _place.OnVolume($"{Stream}/{model}/benchmark.json");
        var manifest = VolumeJson.Read<Manifest>(path);
        // By less than a clock may be wrong: a time further ahead would not count.
        VolumeJson.Write(path, manifest with { VolumeTime = DateTimeOffset.UtcNow.AddMinutes(4) });
    }

    private static async Task<RunSummary> RunAsync(IHost host)
    {
        var registry = host.Services.GetRequiredService<IRegistry>().Pin();
        var run = new RunRequest
        {
            RunId = Guid.NewGuid(),
            Trigger = RunTrigger.Operator,
            RequestedBy = "test",
            Models = registry.Models,
        };
        await host.Services.GetRequiredService<RunStarter>().StartAsync(registry, run, CancellationToken.None);
        return await ClosedAsync(host, run.RunId);
    }

    // A run whose model nobody ever hears of.
    private static async Task<RunSummary> MissAsync(IHost host)
    {
        var runId = Guid.NewGuid();
        await host.Services.GetRequiredService<IBus>().Publish(new RefreshRunStarted
        {
            RunId = runId,
            Trigger = RunTrigger.Schedule,
            StartedAt = DateTimeOffset.UtcNow,
            Deadline = DateTimeOffset.UtcNow,
            RegistrySha256 = "",
            Models = [new ModelKey { ValueStream = Stream, Model = "same" }],
        });
        return await ClosedAsync(host, runId);
    }

    private static async Task<RunSummary> ClosedAsync(IHost host, Guid runId)
    {
        var runs = host.Services.GetRequiredService<RunStore>();
        RunSummary? run = null;
        await UntilAsync(async () => (run = await runs.FindAsync(runId)) is { ClosedAt: not null });
        return run!;
    }

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await isSo())
            await timer.WaitForNextTickAsync();
    }
}
