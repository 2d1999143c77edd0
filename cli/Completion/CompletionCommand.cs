using System.CommandLine;

namespace Benchmark.Cli.Completion;

/// <summary>
/// <c>benchmark completion</c>: prints the script with which a shell completes commands, options, models and runs.
/// </summary>
internal static class CompletionCommand
{
    private static readonly string[] s_shells = ["bash", "zsh", "fish", "pwsh"];

    private static readonly Argument<string> s_shell = new Argument<string>("shell")
    {
        Description = $"One of {string.Join(", ", s_shells)}.",
    }.AcceptOnlyFromAmong(s_shells);

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "completion", "Print the script with which a shell completes commands, options, models and runs.")
        {
            s_shell,
        };
        command.SetAction(parsed => terminal.Line(Script(parsed.GetRequiredValue(s_shell)).TrimEnd()));
        return command;
    }

    private static string Script(string shell)
    {
        using var resource = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
