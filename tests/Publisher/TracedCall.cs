using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmark.Publisher.Tests;

/// <summary>A call of a publication that changes what is on the volume, or makes it durable.</summary>
/// <param name="Name">Such as <c>rename</c>; <c>create</c> for an open that creates.</param>
/// <param name="Path">What it acts on: of two names the first, of a flush what is open.</param>
/// <param name="Target">The second name.</param>
internal sealed partial record TracedCall(string Name, string Path, string? Target = null)
{
    /// <summary>Which calls strace must show for them.</summary>
    public const string Needed = "openat,mkdir,link,rename,unlink,rmdir,fsync";

    /// <summary>The directories whose names it changes; they are durable once these are flushed.</summary>
    public IReadOnlyList<string> Directories => Name == "fsync" ? []
        : [.. new[] { Path, Target }.Skip(Name == "link" ? 1 : 0).OfType<string>()
            .Select(path => System.IO.Path.GetDirectoryName(path)!).Distinct()];

    /// <summary>The successful calls on the volume, of lines that strace wrote with each descriptor's path.</summary>
    public static IReadOnlyList<TracedCall> Of(IEnumerable<string> lines, string root) =>
        [.. lines.Select(line => Parse(line, root)).OfType<TracedCall>()];

    private static TracedCall? Parse(string line, string root)
    {
        var call = Call().Match(line);
        if (!call.Success || !line.Contains(root, StringComparison.Ordinal) || Failed().IsMatch(line))
            return null;
        string[] quoted = [.. Quoted().Matches(line).Select(match => match.Groups[1].Value)];
        return (call.Groups[1].Value, quoted) switch
        {
            ("openat", [var path]) when line.Contains("O_CREAT") => new("create", path),
            ("openat", _) => null,
            ("fsync", _) => new("fsync", Opened().Match(line).Groups[1].Value),
            (var name and ("link" or "rename"), [var from, var to]) => new(name, from, to),
            (var name, [var path]) => new(name, path),
            var (name, _) => throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"{name} in '{line}' has {quoted.Length} names.")),
        };
    }

    [GeneratedRegex(@"(openat|mkdir|link|rename|unlink|rmdir|fsync)\(")]
    private static partial Regex Call();

    [GeneratedRegex(@" = -1 E")]
    private static partial Regex Failed();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\(\d+<([^>]*)>")]
    private static partial Regex Opened();
}
