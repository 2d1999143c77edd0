using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Database;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

public sealed class Showing_the_state_in_gauges_on_sqlite() : Showing_the_state_in_gauges(Databases.Sqlite);

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Showing_the_state_in_gauges_on_postgresql(PostgresServer server)
    : Showing_the_state_in_gauges(Databases.AddTo(server));

/// <summary>The same on every database.</summary>
public abstract class Showing_the_state_in_gauges(Dictionary<string, string?> settings) : IDisposable
{
    private const string Open = "benchmark.runs.open";
    private const string Age = "benchmark.model.age";
    private const string Overdue = "benchmark.model.overdue";
    private const string WorstPsi = "benchmark.drift.worst_psi";

    private readonly TempVolume _volume = new();
    private readonly Events _run = new();

    [Fact]
    public async Task Shows_open_runs_and_reports_that_wait()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume, settings: settings);
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.ConsumeAsync(new Events().Started("a") with { StartedAt = NotifierHost.Start.AddHours(-3) });
        var ended = new Events();
        await notifier.ConsumeAsync(ended.Started("b"));
        await notifier.ConsumeAsync(ended.Published("b"));
        notifier.Time.Advance(TimeSpan.FromHours(2));

        await notifier.Gauges.SampleNowAsync();

        metrics.Now(Open).Should().BeEquivalentTo(new Dictionary<string, double> { [""] = 2 });
        metrics.Now("benchmark.runs.oldest_open.age")[""].Should().Be(TimeSpan.FromHours(5).TotalSeconds);
        metrics.Now("benchmark.runs.past_deadline")[""].Should().Be(2);
        metrics.Now("benchmark.deliveries.pending").Should().BeEquivalentTo(
            new Dictionary<string, double> { ["mail"] = 1, ["slack"] = 0, ["webhook"] = 0, ["file"] = 0 });
    }

    [Fact]
    public async Task Shows_zero_where_nothing_has_run_yet()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume, settings: settings);
        using var metrics = new MetricProbe(notifier.Meters);

        await notifier.Gauges.SampleNowAsync();

        metrics.Now(Open)[""].Should().Be(0);
        metrics.Now("benchmark.runs.oldest_open.age")[""].Should().Be(0);
        metrics.Now("benchmark.deliveries.pending").Should().BeEquivalentTo(
            new Dictionary<string, double> { ["mail"] = 0, ["slack"] = 0, ["webhook"] = 0, ["file"] = 0 });
    }

    [Fact]
    public async Task Shows_no_runs_while_the_database_cannot_be_read_and_says_so_once()
    {
        await using var notifier = await StartAsync();
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.Gauges.SampleNowAsync();
        await RenameAsync("runs", "away");
        var before = metrics.Now(Open);

        await notifier.Gauges.SampleNowAsync();
        await notifier.Gauges.SampleNowAsync();

        before[""].Should().Be(1);
        metrics.Now(Open).Should().BeEmpty();
        metrics.Now("benchmark.deliveries.pending").Should().BeEmpty();
        notifier.Log.Of(LogLevel.Warning).Should().ContainSingle().Which.Should()
            .StartWith("The gauges of runs and deliveries have no value until they can be read again: ");
        await RenameAsync("away", "runs");
        await notifier.Gauges.SampleNowAsync();
        metrics.Now(Open)[""].Should().Be(1);

        async Task RenameAsync(string table, string name)
        {
            await using var connection = await notifier.Database.OpenAsync(default);
            await connection.ExecuteAsync($"alter table {table} rename to {name}", [], default);
        }
    }

    [Fact]
    public async Task Shows_how_old_each_published_benchmark_is_and_whether_it_is_overdue()
    {
        Serve("fresh", NotifierHost.Start.AddHours(-5));
        Serve("due", new DateTimeOffset(2026, 10, 31, 23, 0, 0, TimeSpan.Zero));
        Serve("late", NotifierHost.Start.AddDays(-40));
        await using var notifier = await StartAsync("fresh", "due", "late", "never");
        using var metrics = new MetricProbe(notifier.Meters);

        // It is 06:00: until then a run of the slot at midnight may take.
        await notifier.Gauges.SampleNowAsync();
        var inTime = metrics.Now(Overdue);
        notifier.Time.Advance(TimeSpan.FromSeconds(20));
        var later = metrics.Now(Overdue);

        inTime.Should().BeEquivalentTo(Values(("fresh", 0), ("due", 0), ("late", 1), ("never", 0)));
        later.Should().BeEquivalentTo(Values(("fresh", 0), ("due", 1), ("late", 1), ("never", 0)));
        var ages = metrics.Now(Age);
        ages.Should().HaveCount(3);
        ages[$"{Events.Stream} fresh"].Should().Be(TimeSpan.FromHours(5).TotalSeconds + 20);
    }

    [Fact]
    public async Task Calls_a_new_model_overdue_once_a_run_has_ended_without_it()
    {
        Directory.CreateDirectory(_volume.Layout.Bookkeeping);
        await using var notifier = await StartAsync("a");
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.Gauges.SampleNowAsync();
        var added = metrics.Now(Overdue);
        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.Gauges.SampleNowAsync();
        var during = metrics.Now(Overdue);
        await notifier.ConsumeAsync(_run.FetchFailed("a"));
        await notifier.Gauges.SampleNowAsync();

        added.Should().BeEquivalentTo(Values(("a", 0)));
        during.Should().BeEquivalentTo(Values(("a", 0)));
        metrics.Now(Overdue).Should().BeEquivalentTo(Values(("a", 1)));
    }

    [Fact]
    public async Task Shows_the_worst_drift_under_its_present_band_only()
    {
        await using var notifier = await StartAsync("a", "first");
        using var metrics = new MetricProbe(notifier.Meters);
        Serve("first", NotifierHost.Start);
        Serve("a", NotifierHost.Start, new WorstDrift { Column = "score", Psi = 0.125, Band = Band.Shifted });
        await notifier.Gauges.SampleNowAsync();
        var before = metrics.Now(WorstPsi);
        Serve("a", NotifierHost.Start, new WorstDrift { Column = "score", Psi = 0.015, Band = Band.Stable });

        await notifier.Gauges.SampleNowAsync();

        before.Should().BeEquivalentTo(new Dictionary<string, double> { [$"{Events.Stream} a shifted"] = 0.125 });
        metrics.Now(WorstPsi).Should().BeEquivalentTo(
            new Dictionary<string, double> { [$"{Events.Stream} a stable"] = 0.015 });
    }

    [Fact]
    public async Task Shows_nothing_of_models_while_the_volume_is_not_mounted_and_says_so_once()
    {
        await using var notifier = await StartAsync("a");
        using var metrics = new MetricProbe(notifier.Meters);
        Serve("a", NotifierHost.Start);
        await notifier.Gauges.SampleNowAsync();
        var mounted = metrics.Now(Overdue);
        Directory.Move(_volume.Layout.Bookkeeping, $"{_volume.Layout.Bookkeeping}.away");

        await notifier.Gauges.SampleNowAsync();
        await notifier.Gauges.SampleNowAsync();

        mounted.Should().HaveCount(1);
        metrics.Now(Overdue).Should().BeEmpty();
        metrics.Now(Age).Should().BeEmpty();
        metrics.Now(Open).Should().HaveCount(1, "the database can be read");
        notifier.Log.Of(LogLevel.Warning).Should().ContainSingle().Which.Should().Contain("not mounted");
    }

    [Fact]
    public async Task Shows_the_other_models_when_one_manifest_is_damaged()
    {
        await using var notifier = await StartAsync("a", "b");
        using var metrics = new MetricProbe(notifier.Meters);
        Serve("a", NotifierHost.Start);
        Serve("b", NotifierHost.Start);
        await File.WriteAllTextAsync(_volume.Layout.Model(Events.Stream, "a").Manifest, "{ torn");

        await notifier.Gauges.SampleNowAsync();
        await notifier.Gauges.SampleNowAsync();
        var damaged = metrics.Now(Overdue);
        Serve("a", NotifierHost.Start);
        await notifier.Gauges.SampleNowAsync();

        damaged.Should().BeEquivalentTo(Values(("b", 0)));
        metrics.Now(Overdue).Should().BeEquivalentTo(Values(("a", 0), ("b", 0)));
        notifier.Log.Of(LogLevel.Warning).Should().ContainSingle().Which.Should().Contain("value_stream_1/a");
    }

    [Fact]
    public async Task Shows_no_sample_that_is_too_old()
    {
        await using var notifier = await StartAsync("a");
        using var metrics = new MetricProbe(notifier.Meters);
        Serve("a", NotifierHost.Start);
        await notifier.Gauges.SampleNowAsync();

        notifier.Time.Advance(TimeSpan.FromSeconds(90));
        var stillFresh = metrics.Now(Age);
        notifier.Time.Advance(TimeSpan.FromSeconds(1));

        stillFresh.Should().HaveCount(1);
        metrics.Now(Age).Should().BeEmpty();
        metrics.Now(Open).Should().BeEmpty();
    }

    [Fact]
    public async Task Reads_nothing_that_nobody_exports()
    {
        await using var notifier = await NotifierHost.StartAsync(
            _volume, new FixedRegistry(Model("a")), settings: settings);

        await notifier.Gauges.SampleNowAsync();

        notifier.Log.Lines.Should().BeEmpty("a sample would have found that the volume is not mounted");
    }

    public void Dispose() => _volume.Dispose();

    private Task<NotifierHost> StartAsync(params string[] models)
    {
        Directory.CreateDirectory(_volume.Layout.Bookkeeping);
        return NotifierHost.StartAsync(_volume, new FixedRegistry([.. models.Select(Model)]), settings: settings);
    }

    private static ModelDefinition Model(string name) => Models.Named(Events.Stream, name);

    private static Dictionary<string, double> Values(params (string Model, double Value)[] values) =>
        values.ToDictionary(pair => $"{Events.Stream} {pair.Model}", pair => pair.Value);

    private void Serve(string model, DateTimeOffset refreshedAt, WorstDrift? worst = null)
    {
        var paths = _volume.Layout.Model(Events.Stream, model);
        Directory.CreateDirectory(paths.Directory);
        VolumeJson.Write(paths.Manifest, Manifests.Of(Events.Stream, model, refreshedAt, worst));
    }
}
