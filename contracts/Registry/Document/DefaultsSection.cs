using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Benchmark.Contracts.Registry.Document;

[Description("Settings of models that are inherited, key by key.")]
internal class DefaultsSection : Section
{
    [DefaultValue("0 0 1 * *")]
    [Description("When it is refreshed: cron with five fields, in time_zone.")]
    public string? Schedule { get; set; }

    [DefaultValue("UTC")]
    [Description("IANA name of the schedule's time zone.")]
    public string? TimeZone { get; set; }

    [Description("Which of the sources; by default the one named snowflake, or the only one.")]
    public string? Source { get; set; }

    [Description("Whom to ask about it.")]
    public string? Owner { get; set; }

    [DefaultValue(SchemaPolicy.Freeze)]
    [Description("Whether columns may be added to what is published (evolve) or not (freeze).")]
    public SchemaPolicy? Schema { get; set; }

    [Range(0d, 1d), DefaultValue(0.05)]
    [Description("Share of rows that may break row rules. VALIDATION_THRESHOLD stands above the file's own default.")]
    public double? Threshold { get; set; }

    [Description("How drift against the published version is measured and judged.")]
    public ModelDriftSection? Drift { get; set; }

    [Description("How many rows are allowed.")]
    public RowsSection? Rows { get; set; }

    [Range(1, 1000), DefaultValue(12)]
    [Description("Versions kept at least. One younger than 7 days stays besides, one with a file .versions/<number>.pinned, and drift.anchor.")]
    public int? KeepVersions { get; set; }

    [Range(0, 3650), DefaultValue(30)]
    [Description("Days for which a rejected refresh is kept.")]
    public int? KeepRejectedDays { get; set; }

    [DefaultValue("15m")]
    [Description("How long a fetch may take. RabbitMQ takes a message back after 30 minutes unless told otherwise.")]
    public TimeSpan? FetchTimeout { get; set; }

    [DefaultValue(false)]
    [Description("Whether what was fetched is compared with control totals of its source. What comes from Snowflake always is.")]
    public bool? Reconcile { get; set; }

    [DefaultValue("6h")]
    [Description("How long a run waits for it before it is missing.")]
    public TimeSpan? RunDeadline { get; set; }

    [Description("Who is told.")]
    public NotifySection? Notify { get; set; }
}

[Description("How drift is measured and judged.")]
internal class DriftSection : Section
{
    [Range(2, 1000), DefaultValue(10)]
    [Description("Quantile bins of a numeric column.")]
    public int? Bins { get; set; }

    [Range(0d, 100d), DefaultValue(0.10)]
    [Description("From this PSI on a column has shifted.")]
    public double? Warn { get; set; }

    [Range(0d, 100d), DefaultValue(0.25)]
    [Description("From this PSI on a column has moved.")]
    public double? Fail { get; set; }

    [DefaultValue(DriftAction.Reject)]
    [Description("What a moved column does: reject the refresh, or publish it and warn.")]
    public DriftAction? OnFail { get; set; }
}

[Description("How drift is measured and judged.")]
internal sealed class ModelDriftSection : DriftSection
{
    [Range(1, 1_000_000)]
    [Description("The version that drift is measured from in all; it is never removed, and on_fail counts. Without it the oldest one kept, which only warns.")]
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
    [Description("Greatest change against the published version, as a share of it.")]
    public double? MaxChange { get; set; }
}

[Description("Who is told.")]
internal sealed class NotifySection : Section
{
    [RegularExpression(@"^[^@\s]+@[^@\s]+$", ErrorMessage = "a mail address such as team@bank.example")]
    [Description("Mail addresses; models with the same list share one report per run.")]
    public IReadOnlyList<Written>? Email { get; set; }

    [DefaultValue(false)]
    [Description("Whether Slack is told.")]
    public bool? Slack { get; set; }
}
