namespace Benchmark.Cli.Demo;

/// <summary>What to do after a demo, as commands that work when they are pasted.</summary>
internal static class DemoNextSteps
{
    /// <summary>The commands, one a line.</summary>
    public static IReadOnlyList<string> Of(DemoFolder folder)
    {
        return
        [
            $"{Pasteable.Program} demo --dir {Pasteable.Path(folder.Directory)}",
            .. ((string[])["models", "runs", "check"])
                .Select(command => $"{Pasteable.Program} {command} {Options(folder)}"),
        ];
    }

    /// <summary>What serves the pages until it is stopped.</summary>
    public static string Pages(DemoFolder folder) => $"{Pasteable.Program} up {Options(folder)}";

    private static string Options(DemoFolder folder) =>
        $"--root {Pasteable.Path(folder.Volume)} --registry {Pasteable.Path(folder.Registry)} "
        + $"--state {Pasteable.Path(folder.State)}";
}
