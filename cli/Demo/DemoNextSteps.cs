namespace Benchmark.Cli.Demo;

/// <summary>What to do after a demo, as commands that work when they are pasted.</summary>
internal static class DemoNextSteps
{
    /// <summary>The commands, one a line.</summary>
    public static IReadOnlyList<string> Of(DemoFolder folder)
    {
        return
        [
            $"{ShellCommand.Program} demo --dir {ShellCommand.Path(folder.Directory)}",
            .. ((string[])["models", "runs", "check"])
                .Select(command => $"{ShellCommand.Program} {command} {Options(folder)}"),
        ];
    }

    /// <summary>What serves the pages until it is stopped.</summary>
    public static string Pages(DemoFolder folder) => $"{ShellCommand.Program} up {Options(folder)}";

    private static string Options(DemoFolder folder) =>
        $"--root {ShellCommand.Path(folder.Volume)} --registry {ShellCommand.Path(folder.Registry)} "
        + $"--state {ShellCommand.Path(folder.State)}";
}
