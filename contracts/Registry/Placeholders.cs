using System.Text.RegularExpressions;

namespace Benchmark.Contracts.Registry;

/// <summary>Text in which <c>${NAME}</c> stands for an environment variable.</summary>
internal static partial class Placeholders
{
    /// <summary>The variables that a text names, each once.</summary>
    public static IReadOnlyList<string> In(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Groups["name"].Value).Distinct()];

    /// <summary>The text with each variable replaced; the place of one that is not set stays as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="environment">The variables; one that is empty counts as not set.</param>
    /// <param name="missing">The variables that are not set.</param>
    public static string Expand(
        string text, IReadOnlyDictionary<string, string?> environment, out IReadOnlyList<string> missing)
    {
        missing = [.. In(text).Where(name => Value(name) is null)];
        return Placeholder().Replace(text, match => Value(match.Groups["name"].Value) ?? match.Value);

        string? Value(string name) => environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    [GeneratedRegex(@"\$\{(?<name>[^}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
