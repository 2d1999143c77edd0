using System.CommandLine;

namespace Benchmark.Cli;

/// <summary>The options of every command: the settings, and <c>--json</c>.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Write one JSON document to stdout.",
        Recursive = true,
    };

    /// <summary>The options of the settings, by configuration key.</summary>
    public static IReadOnlyDictionary<string, Option<string>> Settings { get; } = Hosting.Settings.All
        .Where(setting => setting.Option is not null)
        .ToDictionary(setting => setting.Key, setting => new Option<string>(setting.Option!)
        {
            Description = $"{setting.Meaning} [{setting.Environment}; default: {setting.Default}]",
            HelpName = setting.Option![2..],
            Recursive = true,
        });
}
