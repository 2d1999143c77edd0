namespace Benchmark.Cli;

/// <summary>Parts of commands that work when they are pasted into the shell that started this one.</summary>
internal static class ShellCommand
{
    /// <summary>This program as it was started: the built one need not be on the PATH.</summary>
    public static string Program
    {
        get
        {
            var name = typeof(ShellCommand).Assembly.GetName().Name!;
            var started = Environment.ProcessPath;
            if (System.IO.Path.GetFileNameWithoutExtension(started) != name)
                return $"dotnet {Path(System.IO.Path.Combine(AppContext.BaseDirectory, $"{name}.dll"))}";
            return IsOnPath(started!) ? name : Path(started!);
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .Contains(System.IO.Path.GetDirectoryName(program));

    /// <summary>A path, relative where that is shorter, and quoted where a shell would take it apart.</summary>
    public static string Path(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        var shown = relative.Length < path.Length ? relative : path;
        // A program in the directory itself is not looked for there.
        if (shown == System.IO.Path.GetFileName(Environment.ProcessPath))
            shown = $"./{shown}";
        return Word(shown);
    }

    /// <summary>A word, quoted where a shell would take it apart.</summary>
    public static string Word(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "/._-".Contains(c, StringComparison.Ordinal))
            ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
