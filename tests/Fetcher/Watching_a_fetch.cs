using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Benchmark.Contracts;
using Benchmark.Hosting;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests;

public sealed class Watching_a_fetch : IDisposable
{
    private const string Endless = "select i as id, md5(i::varchar) as text from range(100000000) r(i)";

    private readonly TempVolume _volume = new();
    private readonly FetchMetrics _metrics = new();

    [Fact]
    public async Task Counts_rows_and_bytes_while_it_goes_on()
    {
        await using var fetcher = await StartAsync("endless", Endless);

        await fetcher.PublishAsync(Sources.Request with { Model = "endless" });
        await _metrics.UntilAsync("endless", "benchmark.fetch.rows", rows => rows > 100_000);

        fetcher.Seen<ModelStaged>().Should().BeEmpty();
        _metrics.Sum("endless", "benchmark.fetch.active").Should().Be(1);
        _metrics.Sum("endless", "benchmark.fetch.bytes").Should().BeGreaterThan(100_000 * 34);
    }

    [Fact]
    public async Task Has_counted_every_row_and_byte_in_the_end()
    {
        await using var fetcher = await StartAsync(
            "counted", "select i as id, md5(i::varchar) as text from range(100000) r(i)");

        var staged = await fetcher.AskAsync<ModelStaged>(Sources.Request with { Model = "counted" });

        staged.Bytes.Should().BeGreaterThan(3 << 20, "there must be several blocks");
        _metrics.Sum("counted", "benchmark.fetch.rows").Should().Be(100_000);
        _metrics.Sum("counted", "benchmark.fetch.bytes").Should().Be(staged.Bytes);
        _metrics.Sum("counted", "benchmark.fetch.active").Should().Be(0);
        _metrics.Tags("counted").Should().Equal("kind=duckdb model=counted source=demo value_stream=value_stream_1");
    }

    [Fact]
    public async Task Is_no_longer_under_way_when_it_was_stopped()
    {
        await using var fetcher = await StartAsync("stopped", Endless);
        await fetcher.PublishAsync(Sources.Request with { Model = "stopped" });
        await _metrics.UntilAsync("stopped", "benchmark.fetch.rows", rows => rows > 0);

        await fetcher.StopAsync();

        await _metrics.UntilAsync("stopped", "benchmark.fetch.active", fetches => fetches == 0);
        Directory.GetFileSystemEntries(_volume.Layout.Model("value_stream_1", "stopped").StagingArea)
            .Should().BeEmpty();
    }

    [Fact]
    public void Shows_the_rate_since_its_source_began_anew()
    {
        var time = new FakeTimeProvider();
        var progress = new FetchProgress(time);
        var model = Sources.Query(Endless);
        using var fetch = progress.Begin(model, Sources.InMemory, Sources.Run);
        fetch.StartOver();
        fetch.Wrote(10, 1000);
        time.Advance(TimeSpan.FromMinutes(1));

        fetch.StartOver();
        var before = progress.Find(Sources.Run, model.Name);
        fetch.Wrote(10, 1000);
        var atFirst = progress.Find(Sources.Run, model.Name);
        time.Advance(TimeSpan.FromSeconds(2));
        fetch.Wrote(50, 5000);

        before.Should().BeNull();
        atFirst.Should().Be(new FetchedSoFar(10, 1000, BytesPerSecond: null));
        progress.Find(Sources.Run, model.Name).Should().Be(new FetchedSoFar(50, 5000, BytesPerSecond: 2000));
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _volume.Dispose();
    }

    private Task<FetcherHost> StartAsync(string model, string query) =>
        FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Query(query) with { Model = model }));

    /// <summary>What this product's meter has measured of each model since the start.</summary>
    private sealed class FetchMetrics : IDisposable
    {
        private readonly ConcurrentQueue<(
            string Instrument, long Value, Dictionary<string, string?> Tags)> _seen = new();
        private readonly MeterListener _listener = new();

        public FetchMetrics()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Source)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public long Sum(string model, string instrument) =>
            Of(model).Where(measured => measured.Instrument == instrument).Sum(measured => measured.Value);

        /// <summary>The tags that measurements of a model bear, each set of them once.</summary>
        public IEnumerable<string> Tags(string model) => Of(model)
            .Select(measured =>
                string.Join(' ', measured.Tags.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal)))
            .Distinct();

        public async Task UntilAsync(string model, string instrument, Func<long, bool> isSo)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!isSo(Sum(model, instrument)))
                await timer.WaitForNextTickAsync();
        }

        public void Dispose() => _listener.Dispose();

        private IEnumerable<(string Instrument, long Value, Dictionary<string, string?> Tags)> Of(string model) =>
            _seen.Where(measured => measured.Tags.GetValueOrDefault("model") == model);

        private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var copy = new Dictionary<string, string?>();
            foreach (var (key, tag) in tags)
                copy[key] = tag?.ToString();
            _seen.Enqueue((instrument.Name, value, copy));
        }
    }
}
