using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;

namespace Benchmark.Cli;

/// <summary>
/// The settings of a directory, in <c>.benchmark.env</c>: a line <c>NAME=value</c> each, with the names of the
/// environment, which overrides it.
/// </summary>
internal static class SettingsFile
{
    public const string Name = ".benchmark.env";

    /// <summary>The settings of the working directory, by configuration key; none without the file.</summary>
    /// <exception cref="UsageException">A line is no setting; the message says where.</exception>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public static Dictionary<string, string?> Read()
    {
        var settings = new Dictionary<string, string?>();
        if (!Posix.Exists(Name))
            return settings;
        var line = 0;
        foreach (var text in File.ReadLines(Name).Select(text => text.Trim()))
        {
            line++;
            if (text.Length == 0 || text.StartsWith('#'))
                continue;
            var (setting, value) = Setting(text, line);
            settings[setting.Key] = value;
        }
        return settings;
    }

    private static (Setting Setting, string Value) Setting(string text, int line)
    {
        var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts is not [var name, var value])
            throw new UsageException($"{Name}({line}): '{text}' is no setting. Write NAME=value.");
        var setting = Settings.All.FirstOrDefault(known => known.Environment == name)
            ?? throw new UsageException($"{Name}({line}): there is no setting '{name}'. {Known(name)}");
        return (setting, Unquoted(value));
    }

    // As a shell reads the same line.
    private static string Unquoted(string value) =>
        value is ['"', .., '"'] or ['\'', .., '\''] && value.Length > 1 ? value[1..^1] : value;

    private static string Known(string name)
    {
        var known = Settings.All.Select(setting => setting.Environment).ToList();
        return Nearest.To(name, known) is [{ } meant]
            ? $"Did you mean {meant}?" : $"There are {string.Join(", ", known)}.";
    }
}
