using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Benchmark.Contracts.Registry.Document;

[Description("Settings of models that are inherited, key by key.")]
internal class DefaultsSection : Section
{
    [DefaultValue("0 0 1 * *")]
    [Description(
        "When the model is refreshed, in time_zone: a cron expression of five fields, or one of @hourly, @daily, "
        + "@weekly, @monthly and @yearly, in quotes.")]
    public string? Schedule { get; set; }

    [DefaultValue("UTC")]
    [Description("IANA name of the schedule's time zone.")]
    public string? TimeZone { get; set; }

    [Description(
        "How long after its time a refresh of the schedule may still start, such as after an outage; later it is left "
        + "out until the next one. Default: however late.")]
    public TimeSpan? StartingDeadline { get; set; }

    [DefaultValue(RunConcurrency.Allow)]
    [Description(
        "Whether the next run of the models that have this and the same schedule may start before their last one has "
        + "closed (allow), or waits for that (forbid).")]
    public RunConcurrency? Concurrency { get; set; }

    [Description("Name of the source to read from. Default: the one named snowflake, or the only one.")]
    public string? Source { get; set; }

    [Description("Who owns the model.")]
    public string? Owner { get; set; }

    [DefaultValue(SchemaPolicy.Freeze)]
    [Description("Whether columns may be added after the first version (evolve) or not (freeze).")]
    public SchemaPolicy? Schema { get; set; }

    [Range(0d, 1d), DefaultValue(0.05)]
    [Description("Share of rows that may break row rules. VALIDATION_THRESHOLD overrides the defaults section.")]
    public double? Threshold { get; set; }

    [Description("How drift against the published version is measured and judged.")]
    public ModelDriftSection? Drift { get; set; }

    [Description("How many rows are allowed.")]
    public RowsSection? Rows { get; set; }

    [Range(1, 1000), DefaultValue(12)]
    [Description(
        "Versions to keep. Also kept: those younger than 7 days, those with a file .versions/<number>.pinned, and "
        + "drift.anchor.")]
    public int? KeepVersions { get; set; }

    [Range(0, 3650), DefaultValue(30)]
    [Description("Days to keep a rejected refresh.")]
    public int? KeepRejectedDays { get; set; }

    [DefaultValue("15m")]
    [Description(
        "How long a fetch may take. RabbitMQ redelivers a message after 30 minutes unless its consumer_timeout is "
        + "raised.")]
    public TimeSpan? FetchTimeout { get; set; }

    [DefaultValue(false)]
    [Description("Whether fetched data is compared with control totals from its source. Snowflake data always is.")]
    public bool? Reconcile { get; set; }

    [AllowedValues(AsOfWords.Run)]
    [Description(
        "run: every model of a run is read as its table was when the run started, so that they agree with each other. "
        + "For Snowflake: a table, or a query that says :as_of. Default: each is read as it is when its turn comes.")]
    public string? AsOf { get; set; }

    [Description(
        "A SELECT of one value that is true once the source has its new data, such as select max(loaded_at) >= "
        + "date_trunc('month', current_date) from loads. It is asked before the model is read, until it is true.")]
    public string? Ready { get; set; }

    [DefaultValue("10m")]
    [Description("How long the models of a run wait for 'ready'; then the source is late, and they are not read.")]
    public TimeSpan? ReadyTimeout { get; set; }

    [DefaultValue("6h")]
    [Description("How long a run waits for the model before it counts as missing.")]
    public TimeSpan? RunDeadline { get; set; }

    [Description("Who is notified.")]
    public NotifySection? Notify { get; set; }
}

/// <summary>The words of <see cref="DefaultsSection.AsOf"/>.</summary>
internal static class AsOfWords
{
    public const string Run = "run";
}

[Description("How drift is measured and judged.")]
internal class DriftSection : Section
{
    [Range(2, 1000), DefaultValue(10)]
    [Description("Quantile bins of a numeric column.")]
    public int? Bins { get; set; }

    [Range(0d, 100d), DefaultValue(0.10)]
    [Description("A column with this PSI or more has shifted.")]
    public double? Warn { get; set; }

    [Range(0d, 100d), DefaultValue(0.25)]
    [Description("A column with this PSI or more has moved.")]
    public double? Fail { get; set; }

    [DefaultValue(DriftAction.Reject)]
    [Description("What happens when a column has moved: reject the refresh, or publish it with a warning.")]
    public DriftAction? OnFail { get; set; }

    [Description(
        "Codes that are no values, such as -999: each has a bin of its own, and is in no quantile, mean or range. "
        + "Those of a model hold in every column of a type that can have them; a column's own replace them.")]
    public IReadOnlyList<Written>? Special { get; set; }
}

[Description("How drift is measured and judged.")]
internal sealed class ModelDriftSection : DriftSection
{
    [Range(1, 1_000_000)]
    [Description(
        "The version that cumulative drift is measured against; it is never removed, and on_fail applies. Default: "
        + "the oldest version kept, which only warns.")]
    public int? Anchor { get; set; }
}

[Description("How many rows are allowed.")]
internal sealed class RowsSection : Section
{
    [Range(0d, long.MaxValue), DefaultValue(1L)]
    [Description("At least this many.")]
    public long? Min { get; set; }

    [Range(0d, long.MaxValue)]
    [Description("At most this many.")]
    public long? Max { get; set; }

    [Range(0d, 1000d)]
    [Description("Largest allowed change from the published version, as a share of its rows.")]
    public double? MaxChange { get; set; }
}
