using System.Globalization;
using System.Text;
using Benchmark.Data;

namespace Benchmark.Notifier.Reports;

/// <summary>Numbers, times and texts as reports write them.</summary>
public static class Wording
{
    private const string Cut = "…";

    /// <summary>A number with thousands separators: <c>1,234,567</c>.</summary>
    public static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A PSI or CSI with three decimals, as everywhere.</summary>
    public static string Psi(double psi) => psi.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-01 06:00 UTC</c></summary>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "–";

    /// <summary><c>2026-11-01</c></summary>
    public static string Day(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>1 model</c>, <c>2 models</c></summary>
    public static string Count(int number, string one) => $"{Number(number)} {one}{(number == 1 ? "" : "s")}";

    /// <summary><c>31 days old</c>; in hours below two days.</summary>
    public static string Age(TimeSpan age) => age.TotalHours switch
    {
        < 1 => "less than an hour old",
        < 48 => $"{Count((int)age.TotalHours, "hour")} old",
        _ => $"{Count((int)age.TotalDays, "day")} old",
    };

    /// <summary>Names between commas, as many as fit into a length, and the number of the others.</summary>
    public static string Names(IReadOnlyList<string> names, int length)
    {
        var text = new StringBuilder();
        var named = 0;
        foreach (var name in names.Select(name => Clipped(OneLine(name), length)))
        {
            if (named > 0 && text.Length + name.Length + 2 > length)
                break;
            text.Append(named == 0 ? "" : ", ").Append(name);
            named++;
        }
        return named == names.Count ? text.ToString() : $"{text} and {Number(names.Count - named)} more";
    }

    /// <summary>The beginning of a text that is too long, never half a character.</summary>
    public static string Clipped(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - Cut.Length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + Cut;
    }

    /// <summary>A text on one line: a request may name a model with any characters.</summary>
    public static string OneLine(string text) => Visible.Of(text);

    /// <summary>The lines of a text, the first of them, and none longer than that.</summary>
    public static IReadOnlyList<string> Lines(string? text, int lines, int length)
    {
        string[] all = [.. (text ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => Clipped(OneLine(line), length))];
        return all.Length <= lines ? all : [.. all.Take(lines), $"and {Count(all.Length - lines, "more reason")}"];
    }
}
