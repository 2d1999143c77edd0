using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Data.Stability;

namespace Benchmark.Notifier.Pages;

/// <summary>Facts as the pages write them.</summary>
internal static class Say
{
    /// <summary>A number with thousands separators: <c>1,234,567</c>.</summary>
    public static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>PSI and CSI, always with three decimals.</summary>
    public static string Psi(double psi) => psi.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A length of time in its one or two largest units: <c>3 d 4 h</c>, <c>12 min</c>.</summary>
    public static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalDays: >= 10 } days => $"{days.Days} d",
        { TotalDays: >= 1 } days => days.Hours == 0 ? $"{days.Days} d" : $"{days.Days} d {days.Hours} h",
        { TotalHours: >= 1 } hours => hours.Minutes == 0 ? $"{hours.Hours} h" : $"{hours.Hours} h {hours.Minutes} min",
        { TotalMinutes: >= 1 } minutes => $"{minutes.Minutes} min",
        var seconds => $"{seconds.Seconds} s",
    };

    /// <summary>One thing or several: <c>1 model</c>, <c>600 models</c>.</summary>
    public static string Count(int number, string one) => $"{Number(number)} {one}{(number == 1 ? "" : "s")}";

    /// <summary>
    /// The class of a badge: red needs a person, amber is worth a look, green is well, grey is neither.
    /// </summary>
    public static string ToneOf(Outcome? outcome) => outcome switch
    {
        Outcome.Published or Outcome.Unchanged => "good",
        Outcome.Missing or Outcome.SourceLate => "warn",
        Outcome.Rejected or Outcome.Failed => "bad",
        _ => "calm",
    };

    /// <inheritdoc cref="ToneOf(Outcome?)"/>
    public static string ToneOf(Band? band) => band switch
    {
        Band.Moved => "bad",
        Band.Shifted => "warn",
        Band.Stable => "good",
        _ => "calm",
    };
}
