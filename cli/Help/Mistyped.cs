using System.CommandLine;
using Benchmark.Contracts;

namespace Benchmark.Cli.Help;

/// <summary>What was wrong with a command line, and what was probably meant.</summary>
internal static class Mistyped
{
    /// <summary>The errors of a command line, a line each.</summary>
    public static IReadOnlyList<string> Errors(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        // Once one word is misspelt, all that follows may be unknown as well.
        return parsed.UnmatchedTokens switch
        {
            [['-', ..] option, ..] => [$"There is no option {option}.{Option(command, option)}"],
            _ when UnknownCommand(parsed) is { } unknown => [unknown],
            _ => [.. parsed.Errors.Select(error => error.Message)],
        };
    }

    /// <summary>That the command line names a command that there is not; null when it does not.</summary>
    public static string? UnknownCommand(ParseResult parsed) =>
        parsed.CommandResult.Command is { Subcommands.Count: > 0 } command
        && parsed.UnmatchedTokens.FirstOrDefault(token => token is not ['-', ..]) is { } first
            ? $"There is no command '{first}'.{Command(command, first)}" : null;

    /// <summary>The command that was meant so far, as it is typed.</summary>
    public static string PathOf(ParseResult parsed) =>
        string.Join(' ', Self(parsed.CommandResult.Command).Reverse().Skip(1).Select(command => command.Name)
            .Prepend("benchmark"));

    /// <summary>Which of a command's options was probably meant, as a sentence after a blank; empty if none.</summary>
    public static string Option(Command command, string token) => Suggest(
        token, Self(command).SelectMany(one => one.Options).Select(option => option.Name));

    private static string Command(Command command, string token) => Suggest(
        token, command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name));

    private static string Suggest(string token, IEnumerable<string> known) =>
        (Beginning(token, known) ?? Nearest.To(token, known).FirstOrDefault()) is { } meant
            ? $" Did you mean '{meant}'?" : "";

    private static string? Beginning(string token, IEnumerable<string> known) =>
        known.Where(name => name.StartsWith(token, StringComparison.Ordinal)).Min(StringComparer.Ordinal);

    // Some options of those above hold below as well.
    private static IEnumerable<Command> Self(Command command) =>
        command.Parents.OfType<Command>().SelectMany(Self).Prepend(command);
}
