using System.Diagnostics.Metrics;

namespace Benchmark.Hosting;

/// <summary>
/// Creates the instruments of <see cref="Metrics"/>: name, unit, description and tags are always those of the
/// catalogue. Values are given in the order of the metric's tags.
/// </summary>
/// <param name="meter">A meter named <see cref="Telemetry.Source"/>.</param>
public sealed class Instruments(Meter meter)
{
    // Seconds, from a small model to the longest run; the default ones of OpenTelemetry are for milliseconds.
    private static readonly InstrumentAdvice<double> s_seconds = new()
    {
        HistogramBucketBoundaries =
            [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800],
    };

    /// <summary>Those of the process, for what every one of its hosts counts alike.</summary>
    public static Instruments OfProcess { get; } = new(new Meter(Telemetry.Source));

    /// <summary>Those of one host, which end with it.</summary>
    public static Instruments Of(IMeterFactory host) => new(host.Create(Telemetry.Source));

    /// <summary>Creates a counter.</summary>
    public CounterInstrument Counter(Metric metric) => new(
        Checked(metric, MetricKind.Counter), meter.CreateCounter<long>(metric.Name, metric.Unit, metric.Meaning));

    /// <summary>Creates a counter whose values are kept elsewhere and read at each export.</summary>
    public void Counter(Metric metric, Func<IEnumerable<Reading>> read) => meter.CreateObservableCounter(
        Checked(metric, MetricKind.Counter).Name, () => read().Select(reading => reading.Of(metric)),
        metric.Unit, metric.Meaning);

    /// <summary>Creates a counter that also falls.</summary>
    public UpDownInstrument UpDownCounter(Metric metric) => new(
        Checked(metric, MetricKind.UpDownCounter),
        meter.CreateUpDownCounter<long>(metric.Name, metric.Unit, metric.Meaning));

    /// <summary>Creates a histogram of durations.</summary>
    public DurationInstrument Durations(Metric metric) => new(
        Checked(metric, MetricKind.Histogram),
        meter.CreateHistogram(metric.Name, metric.Unit, metric.Meaning, tags: null, s_seconds));

    /// <summary>Creates a gauge; what is not read at an export has no value there.</summary>
    /// <returns>Whether anything exports it.</returns>
    public Func<bool> Gauge(Metric metric, Func<IEnumerable<Reading>> read)
    {
        var gauge = meter.CreateObservableGauge(
            Checked(metric, MetricKind.Gauge).Name, () => read().Select(reading => reading.Of(metric)),
            metric.Unit, metric.Meaning);
        return () => gauge.Enabled;
    }

    private static Metric Checked(Metric metric, MetricKind kind) => metric.Kind == kind
        ? metric
        : throw new ArgumentException($"{metric.Name} is a {metric.Kind}, not a {kind}.");
}

/// <summary>A value of a metric that is read at each export.</summary>
/// <param name="Value">The value, in the metric's unit.</param>
/// <param name="Tags">The values of the metric's tags.</param>
public sealed record Reading(double Value, params string[] Tags)
{
    internal Measurement<double> Of(Metric metric) => new(Value, metric.Tagged(Tags));
}

/// <summary>A counter of the catalogue.</summary>
public sealed class CounterInstrument
{
    private readonly Metric _metric;
    private readonly Counter<long> _counter;

    internal CounterInstrument(Metric metric, Counter<long> counter) => (_metric, _counter) = (metric, counter);

    /// <summary>Adds to it.</summary>
    public void Add(long value, params ReadOnlySpan<string> tags) => _counter.Add(value, _metric.Tagged(tags));
}

/// <summary>An up-down counter of the catalogue.</summary>
public sealed class UpDownInstrument
{
    private readonly Metric _metric;
    private readonly UpDownCounter<long> _counter;

    internal UpDownInstrument(Metric metric, UpDownCounter<long> counter) => (_metric, _counter) = (metric, counter);

    /// <summary>Adds to it, or takes away.</summary>
    public void Add(long value, params ReadOnlySpan<string> tags) => _counter.Add(value, _metric.Tagged(tags));
}

/// <summary>A histogram of durations of the catalogue.</summary>
public sealed class DurationInstrument
{
    private readonly Metric _metric;
    private readonly Histogram<double> _histogram;

    internal DurationInstrument(Metric metric, Histogram<double> histogram) =>
        (_metric, _histogram) = (metric, histogram);

    /// <summary>Records one duration.</summary>
    public void Record(TimeSpan elapsed, params ReadOnlySpan<string> tags) =>
        _histogram.Record(elapsed.TotalSeconds, _metric.Tagged(tags));
}
