using System.CommandLine;

namespace Benchmark.Cli;

/// <summary>Arguments that are names.</summary>
internal static class Arguments
{
    /// <summary>An argument of names; a mistyped option such as <c>--al</c> is an error.</summary>
    public static Argument<T> Names<T>(string name, string description, ArgumentArity arity)
    {
        var argument = new Argument<T>(name) { Description = description, Arity = arity };
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
                result.AddError($"There is no option {token.Value}.");
        });
        return argument;
    }
}
