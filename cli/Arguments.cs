using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using Benchmark.Cli.Completion;
using Benchmark.Cli.Help;
using Benchmark.Cli.Models;

namespace Benchmark.Cli;

/// <summary>Arguments that are names, which a shell can complete.</summary>
internal static class Arguments
{
    /// <summary>Models, a whole value stream, or a glob.</summary>
    public static Argument<string[]> Models() =>
        Names<string[]>("model", ModelSelector.Description, ArgumentArity.ZeroOrMore, KnownNames.Models);

    /// <summary>An argument of names; a mistyped option such as <c>--al</c> is an error.</summary>
    public static Argument<T> Names<T>(
        string name, string description, ArgumentArity arity,
        Func<CompletionContext, IEnumerable<CompletionItem>>? known = null)
    {
        var argument = new Argument<T>(name)
        {
            Description = description,
            Arity = arity,
            // Without it, help lists all that a shell would complete.
            HelpName = name,
        };
        if (known is not null)
            argument.CompletionSources.Add(known);
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
                result.AddError($"There is no option {token.Value}.{Meant(result, token.Value)}");
        });
        return argument;
    }

    /// <summary>Reads an integer from 1; without it, the error would name a type of .NET.</summary>
    public static Func<ArgumentResult, int> FromOne(string name) => result =>
    {
        var given = result.Tokens.Single().Value;
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        result.AddError($"{name} takes an integer from 1; '{given}' is not.");
        return default;
    };

    private static string Meant(ArgumentResult result, string token) =>
        result.Parent is CommandResult parent ? Mistyped.Option(parent.Command, token) : "";
}
