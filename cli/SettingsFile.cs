using System.Text.RegularExpressions;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;

namespace Benchmark.Cli;

/// <summary>
/// The settings of a directory, in <c>.benchmark.env</c>: a line <c>NAME=value</c> each, with the names of the
/// environment, which overrides it. A shell reads the same lines alike.
/// </summary>
internal static partial class SettingsFile
{
    public const string Name = ".benchmark.env";

    /// <summary>The settings of the working directory, by configuration key; none without the file.</summary>
    /// <exception cref="UsageException">Lines are no settings; the message names each.</exception>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public static Dictionary<string, string?> Read()
    {
        var lines = new Dictionary<Setting, int>();
        var settings = new Dictionary<string, string?>();
        var problems = new List<string>();
        foreach (var (text, line) in Lines())
        {
            var (setting, value, problem) = Read(text);
            if (setting is not null && !lines.TryAdd(setting, line))
                problem ??= $"{setting.Environment} is already set in line {lines[setting]}. Remove one of them.";
            if (problem is not null)
                problems.Add($"{Name}({line}): {problem}");
            // Empty is not set, as in the environment.
            else if (value is { Length: > 0 })
                settings[setting!.Key] = value;
        }
        return problems.Count == 0 ? settings : throw new UsageException(string.Join(Environment.NewLine, problems));
    }

    private static IEnumerable<(string Text, int Line)> Lines() =>
        Posix.Exists(Name)
            ? File.ReadLines(Name).Select((text, i) => (text.Trim(), i + 1))
                .Where(line => line.Item1.Length > 0 && !line.Item1.StartsWith('#'))
            : [];

    private static (Setting? Setting, string? Value, string? Problem) Read(string text)
    {
        if (Assignment().Match(text) is not { Success: true } assignment)
            // What follows may be a secret.
            return (null, null, $"'{FirstWord().Match(text)}' is no setting. Write NAME=value.");
        var name = assignment.Groups["name"].Value;
        if (Settings.All.FirstOrDefault(known => known.Environment == name) is not { } setting)
            return (null, null, $"there is no setting '{name}'. {Known(name)}");
        var value = SettingsValue.Of(assignment.Groups["value"].Value, Environment.GetEnvironmentVariable);
        return (setting, value.Text, value.Problem is { } problem ? $"{name} {problem}" : null);
    }

    private static string Known(string name)
    {
        var known = Settings.All.Select(setting => setting.Environment).ToList();
        return Nearest.To(name, known) is [{ } meant]
            ? $"Did you mean {meant}?" : $"There are {string.Join(", ", known)}.";
    }

    [GeneratedRegex(
        @"^(export\s+)?(?<name>[^\s=]+)\s*=\s*(?<value>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^[^\s=]*", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();
}
