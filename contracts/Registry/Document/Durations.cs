using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmark.Contracts.Registry.Document;

/// <summary>Durations as the registry writes them: <c>90s</c>, <c>15m</c>, <c>6h</c>, <c>40d</c>.</summary>
internal static partial class Durations
{
    public const string Pattern = "^[1-9][0-9]{0,5}[smhd]$";

    public const string Form = "a duration such as 90s, 15m, 6h or 40d";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (!Allowed().IsMatch(text))
            return false;
        duration = Parse(text);
        return true;
    }

    public static TimeSpan Parse(string text)
    {
        var count = int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
    }

    // \z, because $ also matches before a trailing line break.
    [GeneratedRegex(@"\A[1-9][0-9]{0,5}[smhd]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
