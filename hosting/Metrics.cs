namespace Benchmark.Hosting;

/// <summary>How a metric's values add up.</summary>
public enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Grows and shrinks by steps.</summary>
    UpDownCounter,

    /// <summary>The current value, read at each export.</summary>
    Gauge,

    /// <summary>Many values, by size.</summary>
    Histogram,
}

/// <summary>A metric that this product exports.</summary>
/// <param name="Name">Its name, as in Datadog.</param>
/// <param name="Kind">How its values add up.</param>
/// <param name="Unit">The unit, in UCUM.</param>
/// <param name="Tags">The tags of every value.</param>
/// <param name="Service">The service that exports it.</param>
/// <param name="Meaning">What it tells.</param>
public sealed record Metric(
    string Name, MetricKind Kind, string Unit, IReadOnlyList<string> Tags, string Service, string Meaning);

/// <summary>Every metric that this product exports under <see cref="Telemetry.Source"/>.</summary>
public static class Metrics
{
    private const string Fetcher = "fetcher";
    private const string Validator = "validator";
    private const string Publisher = "publisher";
    private const string Notifier = "notifier";
    private static readonly string[] s_model = ["value_stream", "model"];
    private static readonly string[] s_fetch = ["source", "kind", "value_stream", "model"];

    /// <summary>All of them, by service.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("benchmark.fetch.duration", MetricKind.Histogram, "s", ["source", "value_stream"], Fetcher,
            "Time from request to staged."),
        new("benchmark.fetch.active", MetricKind.UpDownCounter, "{fetch}", s_fetch, Fetcher,
            "Fetches that a source is answering."),
        new("benchmark.fetch.rows", MetricKind.Counter, "{row}", s_fetch, Fetcher,
            "Rows written, also by fetches that came to nothing."),
        new("benchmark.fetch.bytes", MetricKind.Counter, "By", s_fetch, Fetcher,
            "Bytes written, also by fetches that came to nothing."),
        new("benchmark.reconciliation.mismatches", MetricKind.Counter, "{mismatch}", ["source", "value_stream"],
            Fetcher, "Fetches whose rows differed from the control totals of the source."),
        new("benchmark.validation.duration", MetricKind.Histogram, "s", ["value_stream"], Validator,
            "Time to examine staged data."),
        new("benchmark.checks.failed", MetricKind.Counter, "{check}", ["check", "value_stream"], Validator,
            "Checks that failed, also those overruled by force."),
        new("benchmark.publish.duration", MetricKind.Histogram, "s", ["value_stream"], Publisher,
            "Time from validated to published."),
        new("benchmark.refresh.outcomes", MetricKind.Counter, "{refresh}",
            ["outcome", "stage", "value_stream", "model"], Notifier, "Refreshes that ended, by outcome and stage."),
        new("benchmark.runs.started", MetricKind.Counter, "{run}", ["trigger"], Notifier, "Runs opened."),
        new("benchmark.runs.closed", MetricKind.Counter, "{run}", ["state", "trigger"], Notifier, "Runs closed."),
        new("benchmark.run.duration", MetricKind.Histogram, "s", ["state", "trigger"], Notifier,
            "Time from a run's start to its end."),
        new("benchmark.runs.open", MetricKind.Gauge, "{run}", [], Notifier, "Runs that have not closed."),
        new("benchmark.runs.oldest_open.age", MetricKind.Gauge, "s", [], Notifier,
            "Time since the start of the oldest open run; 0 when none is open."),
        new("benchmark.runs.past_deadline", MetricKind.Gauge, "{run}", [], Notifier,
            "Open runs whose deadline has passed."),
        new("benchmark.model.age", MetricKind.Gauge, "s", s_model, Notifier,
            "Time since the published benchmark was last refreshed."),
        new("benchmark.model.overdue", MetricKind.Gauge, "1", s_model, Notifier,
            "1 when the schedule asked for a refresh and there was none in time, otherwise 0."),
        new("benchmark.drift.worst_psi", MetricKind.Gauge, "1", ["value_stream", "model", "band"], Notifier,
            "PSI of the worst column of the published benchmark against the version before it."),
        new("benchmark.deliveries", MetricKind.Counter, "{delivery}", ["channel", "result"], Notifier,
            "Attempts to deliver a report: delivered, retried or given_up."),
        new("benchmark.deliveries.pending", MetricKind.Gauge, "{delivery}", ["channel"], Notifier,
            "Reports that wait for delivery."),
        new("benchmark.registry.problems", MetricKind.Gauge, "{problem}", [], Notifier,
            "Problems of the registry file; while there are any, the last valid registry serves."),
        new("benchmark.registry.reloads", MetricKind.Counter, "{reload}", ["result"], Notifier,
            "Reads of a changed registry: loaded or refused."),
    ];
}
