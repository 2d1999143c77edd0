using Benchmark.Cli.Stability.Files;

namespace Benchmark.Cli.Init;

/// <summary>A command that writes a copy of a text file which DuckDB can read.</summary>
internal static class Conversion
{
    /// <summary>The command line, for a filter such as iconv.</summary>
    public static string Of(string path, FileBytes bytes, string filter)
    {
        var plain = bytes.IsGzip ? Path.ChangeExtension(path, null) : path;
        var target = ShellCommand.Word(Path.ChangeExtension(plain, $".utf8{Path.GetExtension(plain)}"));
        var source = ShellCommand.Word(path);
        return bytes.IsGzip ? $"zcat {source} | {filter} > {target}" : $"{filter} < {source} > {target}";
    }
}
