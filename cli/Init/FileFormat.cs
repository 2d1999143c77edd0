using System.IO.Compression;
using System.Text;

namespace Benchmark.Cli.Init;

/// <summary>Forms of files that DuckDB reads as tables.</summary>
internal enum FileFormat
{
    /// <summary>Delimited text, whatever the delimiter.</summary>
    Csv,

    /// <summary>Parquet.</summary>
    Parquet,

    /// <summary>JSON: an array of objects, or an object in each line.</summary>
    Json,
}

/// <summary>Recognises the form of a file: by its first bytes, and where those are text, by its name.</summary>
internal static class FileFormats
{
    /// <summary>What is read, for people.</summary>
    public const string Known =
        "Read are delimited text (.csv, .tsv, .txt), JSON (.json, .jsonl, .ndjson), both also with .gz, Parquet, and "
        + "tables of DuckDB and SQLite databases (.duckdb, .sqlite, .db)";

    private const int Start = 4096;

    private static readonly Dictionary<string, FileFormat> s_byName = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = FileFormat.Csv,
        [".tsv"] = FileFormat.Csv,
        [".tab"] = FileFormat.Csv,
        [".psv"] = FileFormat.Csv,
        [".txt"] = FileFormat.Csv,
        [".parquet"] = FileFormat.Parquet,
        [".parq"] = FileFormat.Parquet,
        [".pq"] = FileFormat.Parquet,
        [".json"] = FileFormat.Json,
        [".jsonl"] = FileFormat.Json,
        [".ndjson"] = FileFormat.Json,
    };

    private static readonly (byte[] Start, string What)[] s_unread =
    [
        ([.. "PK\u0003\u0004"u8], "an Excel workbook or another ZIP file"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook"),
        ([.. "ARROW1"u8], "a Feather file"),
        ([.. "FEA1"u8], "a Feather file"),
        ([.. "ORC"u8], "an ORC file"),
        ([.. "Obj\u0001"u8], "an Avro file"),
        ([.. "<stata_dta>"u8], "a Stata file"),
        ([.. "$FL"u8], "an SPSS file"),
        ([.. "RDX"u8], "an R file"),
        ([0x89, (byte)'H', (byte)'D', (byte)'F'], "an HDF5 file"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd"),
        ([.. "BZh"u8], "compressed with bzip2"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "compressed with xz"),
    ];

    /// <summary>The form that a name says, whether or not there is such a file; null when it says none.</summary>
    public static FileFormat? OfName(string path) => s_byName.TryGetValue(
        Path.GetExtension(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path),
        out var format) ? format : null;

    /// <summary>The form of a file that is there.</summary>
    /// <exception cref="UsageException">It is of none that is read.</exception>
    public static FileFormat Of(string path)
    {
        var start = StartOf(path);
        if (start.StartsWith("PAR1"u8))
            return FileFormat.Parquet;
        if (start.IsEmpty)
            throw new UsageException($"{path} is empty, without even a header.");
        foreach (var (signature, what) in s_unread)
        {
            if (start.StartsWith(signature))
                throw Unread(path, $"is {what}");
        }
        if (Databases.KindOf(start) is not null)
            throw new UsageException(
                $"{path} is a database. Name its tables after it, or none to see them: benchmark init "
                + $"{ShellCommand.Word(path)} TABLE");
        var isUtf16 = start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        if (!isUtf16 && start.Count((byte)0) > start.Length / 2 + 1)
            throw Unread(path, "is no text, and of no form that is known");
        return OfName(path) switch
        {
            // Text, whatever its name says.
            null or FileFormat.Parquet => BeginsAsJson(start) ? FileFormat.Json : FileFormat.Csv,
            { } named => named,
        };
    }

    /// <summary>Whether a file is compressed with gzip.</summary>
    public static bool IsGzip(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
    }

    private static UsageException Unread(string path, string why) => new(
        $"{path} {why}, which is not read. {Known}. Save it as Parquet or CSV; in pandas, df.to_parquet(…).");

    private static bool BeginsAsJson(ReadOnlySpan<byte> start) =>
        Encoding.UTF8.GetString(start).TrimStart('\uFEFF', ' ', '\r', '\n', '\t') is ['{' or '[', ..];

    private static ReadOnlySpan<byte> StartOf(string path)
    {
        var start = new byte[Start];
        try
        {
            using var file = File.OpenRead(path);
            using var stream = IsGzip(path) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            return start.AsSpan(0, stream.ReadAtLeast(start, Start, throwOnEndOfStream: false));
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"{path} is broken: {e.Message}");
        }
    }
}
