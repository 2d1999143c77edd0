using System.Text.RegularExpressions;

namespace Benchmark.Fetcher.Sources;

/// <summary>Names of tables as SQL spells them.</summary>
internal static partial class Identifiers
{
    /// <summary>Whether a name needs no quotes, reserved words aside.</summary>
    public static bool Plain(string part) => PlainName().IsMatch(part);

    public static string DoubleQuoted(string part) => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_$]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
