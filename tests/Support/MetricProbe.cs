using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Benchmark.Tests.Support;

/// <summary>Collects what the instruments of this product measure, as an exporter does.</summary>
public sealed class MetricProbe : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Measured> _seen = [];

    /// <param name="of">Whose measurements to collect: those of a host's factory, or other ones.</param>
    public MetricProbe(Func<Instrument, bool> of)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Benchmark" && of(instrument))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Collects what the meters of one host measure.</summary>
    public MetricProbe(IMeterFactory host)
        : this(instrument => instrument.Meter.Scope == host)
    {
    }

    /// <summary>Everything that was measured.</summary>
    public IReadOnlyCollection<Measured> All => _seen;

    /// <summary>
    /// What a counter adds up to for each set of tags: <c>["mail delivered"] = 1</c>, in the order of the tags.
    /// </summary>
    public IReadOnlyDictionary<string, double> Sums(string metric) => _seen
        .Where(seen => seen.Instrument.Name == metric)
        .GroupBy(seen => seen.Values)
        .ToDictionary(group => group.Key, group => group.Sum(seen => seen.Value));

    /// <summary>What a gauge says now, for each set of tags.</summary>
    public IReadOnlyDictionary<string, double> Now(string metric)
    {
        _seen.Clear();
        _listener.RecordObservableInstruments();
        return Sums(metric);
    }

    /// <summary>Reads every gauge, as an export does.</summary>
    public void ReadGauges() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Enqueue(new Measured(instrument, value, [.. tags]));

    /// <summary>One measurement.</summary>
    public sealed record Measured(
        Instrument Instrument, double Value, IReadOnlyList<KeyValuePair<string, object?>> Tags)
    {
        /// <summary>The values of its tags, with blanks between.</summary>
        public string Values => string.Join(' ', Tags.Select(tag => tag.Value));
    }
}
