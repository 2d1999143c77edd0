using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Benchmark.Cli.Help;

/// <summary>The help of a command, in 80 columns, with examples of its use below.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const int Width = 80;

    // Somebody who asks for help has not yet written all; but a command is what help is asked about.
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
        if (Mistyped.UnknownCommand(parseResult) is { } unknown)
            throw new UsageException(unknown);
        help.MaxWidth = Width;
        var result = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        if (ExitCodes.Of(command) is { Count: > 0 } codes)
        {
            output.WriteLine("Exit codes:");
            foreach (var (code, meaning) in codes)
                output.WriteLine($"  {code,-5}{meaning}");
            output.WriteLine();
        }
        if (Examples.Of(command) is { Count: > 0 } examples)
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
