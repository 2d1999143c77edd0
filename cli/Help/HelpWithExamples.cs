using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Benchmark.Cli.Help;

/// <summary>The help of a command, in 80 columns, with examples of its use below.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const int Width = 80;

    // Somebody who asks for help has not yet written all.
    public override bool ClearsParseErrors => true;

    /// <summary>Gives a root's help, which is that of its subcommands, examples.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Description = "Show help.";
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = Width;
        var result = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (Examples.Of(parseResult.CommandResult.Command) is { Count: > 0 } examples)
        {
            output.WriteLine("Examples:");
            foreach (var (line, meaning) in examples)
            {
                output.WriteLine($"  # {meaning}");
                output.WriteLine($"  {line}");
            }
            output.WriteLine();
        }
        return result;
    }
}
