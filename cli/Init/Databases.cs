using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Init;

/// <summary>Recognises files that are databases.</summary>
internal static class Databases
{
    // DuckDB begins a file with a checksum.
    private const int DuckDbOffset = 8;
    private const int Start = 16;

    private static readonly Dictionary<string, string> s_byName = new(StringComparer.OrdinalIgnoreCase)
    {
        [".duckdb"] = "duckdb",
        [".ddb"] = "duckdb",
        [".sqlite"] = "sqlite",
        [".sqlite3"] = "sqlite",
        [".db"] = "sqlite",
    };

    /// <summary>
    /// The kind of database in a file: as its first bytes say, or its name where there is no such file; null when it is
    /// none.
    /// </summary>
    public static string? KindOf(string path)
    {
        if (!Posix.IsFile(path))
            return s_byName.GetValueOrDefault(Path.GetExtension(path));
        var start = new byte[Start];
        using var file = File.OpenRead(path);
        // SQLite makes an empty file.
        return file.ReadAtLeast(start, Start, throwOnEndOfStream: false) == 0
            ? s_byName.GetValueOrDefault(Path.GetExtension(path)) : KindOf(start);
    }

    /// <summary>The same of a file that begins with these bytes.</summary>
    public static string? KindOf(ReadOnlySpan<byte> start) =>
        start.StartsWith("SQLite format 3\0"u8) ? "sqlite"
        : start.Length > DuckDbOffset && start[DuckDbOffset..].StartsWith("DUCK"u8) ? "duckdb" : null;
}
