using System.Globalization;
using System.Text.Json;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Benchmark.Fetcher;
using Benchmark.Notifier.Deliveries;
using Spectre.Console;

namespace Benchmark.Cli;

/// <summary>Formats numbers, times and drift for people.</summary>
internal static class Format
{
    public static string Count(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    /// <summary><c>1 file</c>, <c>1,200 files</c></summary>
    public static string Count(long number, string one) => $"{Count(number)} {one}{(number == 1 ? "" : "s")}";

    public static string Rows(long count) => Count(count, "row");

    /// <summary>For a script: digits without commas.</summary>
    public static string PlainRows(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} row{(count == 1 ? "" : "s")}");

    public static string Models(int count) => Count(count, "model");

    public static string Bytes(long? bytes) => bytes switch
    {
        null => "",
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    /// <summary><c>1,200,000 rows, 240.0 MB, 80.0 MB/s</c></summary>
    public static string SoFar(FetchedSoFar fetch)
    {
        var rate = fetch.BytesPerSecond is { } perSecond ? $", {Bytes((long)perSecond)}/s" : "";
        return $"{Rows(fetch.Rows)}, {Bytes(fetch.Bytes)}{rate}";
    }

    public static string Moment(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary><c>5 min</c>, <c>3 h</c>, <c>29 days</c></summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "< 1 min",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} days"),
    };

    /// <summary><c>1 warning</c>, <c>5 warnings</c></summary>
    public static string Warnings(int count) => Count(count, "warning");

    /// <summary>The beginning of a run's id, which <c>benchmark runs</c> takes: two runs of one millisecond apart
    /// differ in it.</summary>
    public static string ShortId(Guid run) => run.ToString()[..13];

    /// <summary>Where a report went, or why it did not.</summary>
    public static string Delivery(Delivery delivery) => delivery.State switch
    {
        Notifier.Deliveries.Delivery.Sent => $"to {Recipient(delivery)}: {delivery.WentTo}",
        Notifier.Deliveries.Delivery.Dead =>
            $"to {Recipient(delivery)} could not be delivered in {Attempts(delivery)}: {delivery.LastError}",
        _ when delivery.LastError is { } error =>
            $"to {Recipient(delivery)} is retried later, at {Moment(delivery.NextAttemptAt)}, after "
            + $"{Attempts(delivery)}: {error}",
        _ => $"to {Recipient(delivery)} is pending",
    };

    private static string Attempts(Delivery delivery) => Count(delivery.Attempts, "attempt");

    private static string Recipient(Delivery delivery) => delivery.Scope == Notifier.Deliveries.Delivery.All
        ? delivery.Recipient : $"{delivery.Recipient} ({delivery.Scope})";

    /// <summary>The heading over both, or over one that may be either.</summary>
    public const string EitherIndex = "PSI / CSI";

    /// <summary><c>PSI</c> of a score, <c>CSI</c> of any other column.</summary>
    public static string Index(ModelDefinition model, string column) =>
        model.RuleOf(column) is { IsScore: true } ? "PSI" : "CSI";

    public static string Psi(double psi) => psi.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A name as a field of a plain line: in quotes where a tab or line break would break the line.</summary>
    public static string OnOneLine(string name) =>
        name.Any(char.IsControl) ? JsonSerializer.Serialize(name, VolumeJson.Options) : name;

    public static string Share(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    public static string Drift(WorstDrift? drift) =>
        drift is null ? "no drift measured" : $"{drift.Column} {Psi(drift.Psi)} {drift.Band.Word()}";

    /// <summary><c>, 10 bins, p &lt; 0.001, reason</c>, as far as known.</summary>
    public static string Chance(ColumnDrift drift) =>
        (drift.BinsFilled is { } bins ? $", {Count(bins, "bin")}" : "")
        + (drift.PValue is { } p ? $", {PValue.InWords(p)}" : "")
        + (drift is { Reason: { } reason, Band: Band.NotComparable } ? $", {reason}" : "");

    public static string DriftMarkup(WorstDrift? drift) => drift is null
        ? ""
        : $"{Markup.Escape(Visible.Of(drift.Column))} {BandMarkup(Psi(drift.Psi), drift.Band)} "
        + $"{BandMarkup(drift.Band.Word(), drift.Band)}";

    public static string BandMarkup(string text, Band band) => band switch
    {
        Band.Moved => $"[red]{text}[/]",
        Band.Shifted => $"[yellow]{text}[/]",
        Band.Stable => $"[green]{text}[/]",
        _ => $"[grey]{text}[/]",
    };

    public static string OutcomeMarkup(Outcome outcome) => outcome switch
    {
        Outcome.Published => $"[green]{outcome.Word()}[/]",
        Outcome.Unchanged or Outcome.Superseded => $"[grey]{outcome.Word()}[/]",
        Outcome.SourceLate => $"[yellow]{outcome.Word()}[/]",
        _ => $"[red]{outcome.Word()}[/]",
    };
}
