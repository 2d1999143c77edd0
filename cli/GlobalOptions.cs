using System.CommandLine;
using System.CommandLine.Parsing;

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
            Validators = { RequirePath },
        });

    // Of a script whose variable is not set; an empty broker or database means none.
    private static void RequirePath(OptionResult given)
    {
        if (given.Option.Name is "--root" or "--registry" or "--state" && given.Tokens is [{ Value: "" }])
            given.AddError($"{given.Option.Name} is empty: name a path, or leave it out.");
    }
}
