using System.CommandLine;
using System.CommandLine.Completions;

namespace Benchmark.Cli.Help;

/// <summary><c>benchmark help COMMAND</c>: what <c>benchmark COMMAND --help</c> shows.</summary>
internal static class HelpCommand
{
    private const string Name = "help";

    private static readonly Argument<string[]> s_command = Arguments.Names<string[]>(
        "command", "The command; help on all without one.", ArgumentArity.ZeroOrMore,
        context => Meant(context.ParseResult).Subcommands.Where(sub => !sub.Hidden)
            .Select(sub => new CompletionItem(sub.Name)));

    /// <summary>The command, for the list of all and for completion; <see cref="Rewritten"/> does the work.</summary>
    public static Command Create() => new(Name, "Show help on a command.") { s_command };

    /// <summary>The command line that asks for the same with an option, as all commands have it.</summary>
    public static string[] Rewritten(string[] args) => args switch
    {
        [Name, .. var command] => [.. command, "--help"],
        // As of kubectl, git and docker.
        ["version"] => ["--version"],
        _ => args,
    };

    private static Command Meant(ParseResult parsed)
    {
        var command = parsed.RootCommandResult.Command;
        foreach (var word in parsed.GetValue(s_command) ?? [])
            command = command.Subcommands.FirstOrDefault(sub => sub.Name == word) ?? command;
        return command;
    }
}
