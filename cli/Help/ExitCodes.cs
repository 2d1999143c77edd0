using System.CommandLine;

namespace Benchmark.Cli.Help;

/// <summary>What the exit codes mean: of all commands, and of those that have a meaning of their own.</summary>
internal static class ExitCodes
{
    private static readonly Dictionary<string, IReadOnlyList<(int Code, string Meaning)>> s_codes = new()
    {
        ["benchmark"] =
        [
            (ExitCode.Done, "done"),
            (ExitCode.Usage, "usage or configuration"),
            (ExitCode.SomeNotRefreshed, "a model was rejected, failed or is missing, or its source is late"),
            (ExitCode.Infrastructure, "could not run: volume, broker, database"),
            (ExitCode.Cancelled, "cancelled"),
        ],
        ["check"] =
        [
            (ExitCode.Done, "nothing is wrong"),
            (ExitCode.Usage, "something in the settings or the registry, whatever else is"),
            (ExitCode.Infrastructure, "only a source, the broker, the volume or the state"),
        ],
    };

    /// <summary>Those that a command's help explains; none for most.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Of(Command command) =>
        s_codes.GetValueOrDefault(command is RootCommand ? "benchmark" : command.Name, []);
}
