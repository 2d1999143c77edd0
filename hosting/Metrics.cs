namespace Benchmark.Hosting;

/// <summary>Every metric that this product exports under <see cref="Telemetry.Source"/>.</summary>
public static class Metrics
{
    private const string Fetcher = "fetcher";
    private const string Validator = "validator";
    private const string Publisher = "publisher";
    private const string Notifier = "notifier";
    private static readonly string[] s_model = ["value_stream", "model"];
    private static readonly string[] s_fetch = ["source", "kind", "value_stream", "model"];

    /// <summary>How long a fetch takes.</summary>
    public static Metric FetchDuration { get; } = new(
        "benchmark.fetch.duration", MetricKind.Histogram, "s", ["source", "value_stream"], Fetcher,
        "Time from request to staged.");

    /// <summary>The fetches of this moment.</summary>
    public static Metric FetchActive { get; } = new(
        "benchmark.fetch.active", MetricKind.UpDownCounter, "{fetch}", s_fetch, Fetcher,
        "Fetches that a source is answering.");

    /// <summary>Rows fetched.</summary>
    public static Metric FetchRows { get; } = new(
        "benchmark.fetch.rows", MetricKind.Counter, "{row}", s_fetch, Fetcher,
        "Rows written, also by fetches that came to nothing.");

    /// <summary>Bytes fetched.</summary>
    public static Metric FetchBytes { get; } = new(
        "benchmark.fetch.bytes", MetricKind.Counter, "By", s_fetch, Fetcher,
        "Bytes written, also by fetches that came to nothing.");

    /// <summary>Reads that control totals refuted.</summary>
    public static Metric ReconciliationMismatches { get; } = new(
        "benchmark.reconciliation.mismatches", MetricKind.Counter, "{mismatch}", ["source", "value_stream"], Fetcher,
        "Reads whose rows differed from the control totals of the source; a fetch reads up to three times.");

    /// <summary>How long the checks take.</summary>
    public static Metric ValidationDuration { get; } = new(
        "benchmark.validation.duration", MetricKind.Histogram, "s", ["value_stream"], Validator,
        "Time to examine staged data.");

    /// <summary>Failed checks.</summary>
    public static Metric ChecksFailed { get; } = new(
        "benchmark.checks.failed", MetricKind.Counter, "{check}", ["check", "value_stream"], Validator,
        "Checks that failed and had the data rejected.");

    /// <summary>How long a publication takes.</summary>
    public static Metric PublishDuration { get; } = new(
        "benchmark.publish.duration", MetricKind.Histogram, "s", ["value_stream"], Publisher,
        "Time to publish checked data, or to find that it is served already.");

    /// <summary>Ended refreshes.</summary>
    public static Metric RefreshOutcomes { get; } = new(
        "benchmark.refresh.outcomes", MetricKind.Counter, "{refresh}",
        ["outcome", "stage", "value_stream", "model"], Notifier,
        "Outcomes of refreshes. One that is missing when its run closes and ends later counts twice.");

    /// <summary>Started runs.</summary>
    public static Metric RunsStarted { get; } = new(
        "benchmark.runs.started", MetricKind.Counter, "{run}", ["trigger"], Notifier, "Runs started.");

    /// <summary>Closed runs.</summary>
    public static Metric RunsClosed { get; } = new(
        "benchmark.runs.closed", MetricKind.Counter, "{run}", ["state", "trigger"], Notifier,
        "Runs closed: completed, or incomplete because models were missing.");

    /// <summary>How long a run takes.</summary>
    public static Metric RunDuration { get; } = new(
        "benchmark.run.duration", MetricKind.Histogram, "s", ["state", "trigger"], Notifier,
        "Time from a run's start to its close.");

    /// <summary>Open runs.</summary>
    public static Metric RunsOpen { get; } = new(
        "benchmark.runs.open", MetricKind.Gauge, "{run}", [], Notifier, "Runs that have not closed.");

    /// <summary>The age of the oldest open run.</summary>
    public static Metric OldestOpenAge { get; } = new(
        "benchmark.runs.oldest_open.age", MetricKind.Gauge, "s", [], Notifier,
        "Time since the start of the oldest open run; 0 when none is open.");

    /// <summary>Open runs that should have closed.</summary>
    public static Metric RunsPastDeadline { get; } = new(
        "benchmark.runs.past_deadline", MetricKind.Gauge, "{run}", [], Notifier,
        "Open runs whose deadline has passed.");

    /// <summary>How old a published benchmark is.</summary>
    public static Metric ModelAge { get; } = new(
        "benchmark.model.age", MetricKind.Gauge, "s", s_model, Notifier,
        "Time since the source last gave the published data; none for a model never published.");

    /// <summary>Whether a published benchmark is late.</summary>
    public static Metric ModelOverdue { get; } = new(
        "benchmark.model.overdue", MetricKind.Gauge, "1", s_model, Notifier,
        "1 when the schedule asked for a refresh and the run's deadline passed without one, or a run ended and the "
        + "model was never published; otherwise 0.");

    /// <summary>How far a published benchmark drifted.</summary>
    public static Metric WorstPsi { get; } = new(
        "benchmark.drift.worst_psi", MetricKind.Gauge, "1", ["value_stream", "model", "band"], Notifier,
        "PSI of the worst column of the published benchmark against the version before it; none for a first version.");

    /// <summary>Files on the volume that are not what was published.</summary>
    public static Metric AlteredFiles { get; } = new(
        "benchmark.model.altered_files", MetricKind.Gauge, "{file}", s_model, Notifier,
        "Files of the model's versions, and of what readers open, that the last verification found not to be what was "
        + "published; none before the first.");

    /// <summary>Attempts to deliver reports.</summary>
    public static Metric Deliveries { get; } = new(
        "benchmark.deliveries", MetricKind.Counter, "{delivery}", ["channel", "result"], Notifier,
        "Attempts to deliver a report: delivered, retried or given_up.");

    /// <summary>Reports not delivered yet.</summary>
    public static Metric DeliveriesPending { get; } = new(
        "benchmark.deliveries.pending", MetricKind.Gauge, "{delivery}", ["channel"], Notifier,
        "Reports that wait for delivery.");

    /// <summary>What is wrong with the registry.</summary>
    public static Metric RegistryProblems { get; } = new(
        "benchmark.registry.problems", MetricKind.Gauge, "{problem}", [], Notifier,
        "Problems of the registry; while there are any, the last valid one stays in use.");

    /// <summary>Reads of the registry.</summary>
    public static Metric RegistryReloads { get; } = new(
        "benchmark.registry.reloads", MetricKind.Counter, "{reload}", ["result"], Notifier,
        "Reads of the registry, at the start and after each change: loaded or refused.");

    /// <summary>Events of OpenLineage.</summary>
    public static Metric LineageEvents { get; } = new(
        "benchmark.lineage.events", MetricKind.Counter, "{event}", ["result"], Notifier,
        "Lineage events: sent or given_up; none without OPENLINEAGE_URL.");

    /// <summary>All of them, by service.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        FetchDuration, FetchActive, FetchRows, FetchBytes, ReconciliationMismatches,
        ValidationDuration, ChecksFailed,
        PublishDuration,
        RefreshOutcomes, RunsStarted, RunsClosed, RunDuration, RunsOpen, OldestOpenAge, RunsPastDeadline,
        ModelAge, ModelOverdue, WorstPsi, AlteredFiles, Deliveries, DeliveriesPending, RegistryProblems,
        RegistryReloads, LineageEvents,
    ];
}
