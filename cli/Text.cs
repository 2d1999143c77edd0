using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Fetcher;
using Benchmark.Notifier.Deliveries;
using Spectre.Console;

namespace Benchmark.Cli;

/// <summary>How numbers, moments and drift are spelt for a person.</summary>
internal static class Text
{
    public static string Count(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    public static string Models(int count) => count == 1 ? "1 model" : $"{Count(count)} models";

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
        return $"{Count(fetch.Rows)} rows, {Bytes(fetch.Bytes)}{rate}";
    }

    public static string Moment(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Where a report went, or why it did not.</summary>
    public static string Delivery(Delivery delivery) => delivery.State switch
    {
        Notifier.Deliveries.Delivery.Sent => $"to {Receiver(delivery)}: {delivery.WentTo}",
        Notifier.Deliveries.Delivery.Dead => $"to {Receiver(delivery)} could not be delivered: {delivery.LastError}",
        _ when delivery.LastError is { } error => $"to {Receiver(delivery)} is tried again later: {error}",
        _ => $"to {Receiver(delivery)} is on its way",
    };

    private static string Receiver(Delivery delivery) =>
        delivery.Channel == Notifier.Deliveries.Delivery.Mail ? delivery.Team : delivery.Channel;

    public static string Psi(double psi) => psi.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Share(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    public static string Drift(WorstDrift? drift) =>
        drift is null ? "no drift measured" : $"{drift.Column} {Psi(drift.Psi)} {drift.Band}";

    public static string DriftMarkup(WorstDrift? drift) => drift is null
        ? ""
        : $"{Markup.Escape(drift.Column)} {BandMarkup(Psi(drift.Psi), drift.Band)} "
        + $"{BandMarkup(drift.Band, drift.Band)}";

    public static string BandMarkup(string text, string band) => band switch
    {
        "moved" => $"[red]{text}[/]",
        "shifted" => $"[yellow]{text}[/]",
        "stable" => $"[green]{text}[/]",
        _ => $"[grey]{text}[/]",
    };

    public static string OutcomeMarkup(Outcome outcome) => outcome switch
    {
        Outcome.Published => $"[green]{outcome.Word()}[/]",
        Outcome.Unchanged or Outcome.Superseded => $"[grey]{outcome.Word()}[/]",
        _ => $"[red]{outcome.Word()}[/]",
    };
}
