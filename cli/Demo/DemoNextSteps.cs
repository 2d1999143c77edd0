namespace Benchmark.Cli.Demo;

/// <summary>What to do after a demo, as commands that work when they are pasted.</summary>
internal static class DemoNextSteps
{
    /// <summary>The commands, one a line.</summary>
    public static IReadOnlyList<string> Of(DemoFolder folder)
    {
        return
        [
            $"{Program} demo --dir {Path(folder.Directory)}",
            .. ((string[])["models", "runs", "check"]).Select(command => $"{Program} {command} {Options(folder)}"),
        ];
    }

    /// <summary>What serves the pages until it is stopped.</summary>
    public static string Pages(DemoFolder folder) => $"{Program} up {Options(folder)}";

    private static string Options(DemoFolder folder) =>
        $"--root {Path(folder.Volume)} --registry {Path(folder.Registry)} --state {Path(folder.State)}";

    // As this process was started: the built program need not be on the PATH.
    private static string Program
    {
        get
        {
            var assembly = typeof(DemoNextSteps).Assembly;
            var started = Environment.ProcessPath;
            if (System.IO.Path.GetFileNameWithoutExtension(started) != assembly.GetName().Name)
                return $"dotnet {Path(assembly.Location)}";
            return IsOnPath(started!) ? assembly.GetName().Name! : Path(started!);
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .Contains(System.IO.Path.GetDirectoryName(program));

    // Relative where that is shorter, and quoted where a shell would take it apart.
    private static string Path(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        var shown = relative.Length < path.Length ? relative : path;
        // A program in the directory itself is not looked for there.
        if (shown == System.IO.Path.GetFileName(Environment.ProcessPath))
            shown = $"./{shown}";
        return shown.All(c => char.IsAsciiLetterOrDigit(c) || "/._-".Contains(c, StringComparison.Ordinal))
            ? shown : $"'{shown.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
