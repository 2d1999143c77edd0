using System.Text.RegularExpressions;

namespace Benchmark.Cli;

/// <summary>
/// What stands after <c>NAME=</c>, read as a shell does: quotes, a comment behind, <c>~/</c> and <c>$NAME</c>; blanks
/// need no quotes. Pure.
/// </summary>
internal static partial class SettingsValue
{
    /// <summary>The value, or why there is none, as it follows the name of the setting.</summary>
    public static (string? Text, string? Problem) Of(string written, Func<string, string?> environment) =>
        written switch
        {
            ['\'', ..] => Quoted(written, SingleQuoted(), text => (text, null)),
            ['"', ..] => Quoted(written, DoubleQuoted(), text => Expanded(text, environment)),
            _ => Plain(Comment().Replace(written, "").Trim(), environment),
        };

    private static (string?, string?) Quoted(
        string written, Regex form, Func<string, (string?, string?)> read) =>
        form.Match(written) is { Success: true } quoted ? read(quoted.Groups["text"].Value)
            : (null, $"has no closing {written[0]}, or something behind it. Only a comment may follow.");

    private static (string?, string?) Plain(string text, Func<string, string?> environment)
    {
        if (text is not ['~', ..])
            return Expanded(text, environment);
        return text is "~" or ['~', '/', ..]
            ? Expanded($"${{HOME}}{text[1..]}", environment)
            : (null, "begins with ~ and a name. Write the whole path, or ~/ for your own home.");
    }

    private static (string?, string?) Expanded(string text, Func<string, string?> environment)
    {
        var missing = Variable().Matches(text).Select(NameOf).FirstOrDefault(
            name => name.Length > 0 && string.IsNullOrEmpty(environment(name)));
        return missing is null
            ? (Variable().Replace(text, found => NameOf(found) is { Length: > 0 } name
                ? environment(name)! : found.Groups["escaped"].Value), null)
            : (null, $"needs the environment variable {missing}, which is not set. Set it, or write single quotes "
                + "around a value that has a $ of its own.");
    }

    private static string NameOf(Match found) => found.Groups["name"].Value;

    [GeneratedRegex(@"(^|\s+)#.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^'(?<text>[^']*)'\s*(\s#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SingleQuoted();

    [GeneratedRegex(@"^""(?<text>(\\.|[^""\\])*)""\s*(\s#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex(
        @"\\(?<escaped>[\\""$])|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|\$(?<name>[A-Za-z_][A-Za-z0-9_]*)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
