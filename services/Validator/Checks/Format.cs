using System.Globalization;

namespace Benchmark.Validator.Checks;

/// <summary>Formats numbers, dates and lines for messages.</summary>
internal static class Format
{
    /// <summary>With as many digits as in tables and reports.</summary>
    public static string Psi(double psi) => psi.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    public static string Percent(double share) => $"{(share * 100).ToString("0.##", CultureInfo.InvariantCulture)} %";

    public static string Date(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>40 days</c>, <c>1 day 6 hours</c>, <c>90 seconds</c>: the two greatest units.</summary>
    public static string Duration(TimeSpan duration)
    {
        (long Count, string Unit)[] units =
        [
            (duration.Days, "day"), (duration.Hours, "hour"),
            (duration.Minutes, "minute"), (duration.Seconds, "second"),
        ];
        var shown = units.Where(unit => unit.Count > 0).Take(2)
            .Select(unit => unit.Count == 1 ? $"1 {unit.Unit}" : $"{unit.Count} {unit.Unit}s").ToList();
        return shown.Count > 0 ? string.Join(' ', shown) : "less than a second";
    }

    public static string Bins(int bins) => bins == 1 ? "1 bin" : $"{bins} bins";

    public static string Rows(long rows) => rows == 1 ? "1 row" : $"{rows} rows";

    /// <summary><c> (line 5)</c>, <c> (lines 5, 9, …)</c>; nothing without lines.</summary>
    public static string At(IReadOnlyList<long> lines, long all) => lines.Count switch
    {
        0 => "",
        1 => $" (line {lines[0]})",
        _ => $" (lines {string.Join(", ", lines)}{(all > lines.Count ? ", …" : "")})",
    };
}
