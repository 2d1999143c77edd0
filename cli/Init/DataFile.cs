using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Init;

/// <summary>Files that DuckDB reads as a table.</summary>
internal static partial class DataFile
{
    /// <summary>The name of their source.</summary>
    public const string Source = "files";

    private const string Csv = "read_csv";

    private static readonly Dictionary<string, string> s_readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = Csv,
        [".tsv"] = Csv,
        [".parquet"] = "read_parquet",
        [".json"] = "read_json",
        [".jsonl"] = "read_json",
    };

    /// <summary>Whether a name is that of such a file, there or not; a compressed one ends with .gz.</summary>
    public static bool IsNamedSo(string path) => Reader(path) is not null;

    /// <summary>The query for all of a file.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static string Query(string path) => Query(path, options: "");

    /// <summary>The same of a CSV file whose numbers have a decimal comma.</summary>
    public static string QueryWithDecimalComma(string path) => Query(path, ", decimal_separator = ','");

    /// <summary>Whether a column of a CSV file holds numbers with a decimal comma, which were read as text.</summary>
    public static bool HasDecimalComma(string path, ColumnProfile column) =>
        Reader(path) == Csv && column.Type == ColumnType.String && column.Top.Count > 0
        && column.Top.All(value => DecimalComma().IsMatch(value.Value));

    /// <summary>The source that reads them.</summary>
    public static SourceDefinition SourceOf(IEnumerable<string> paths) => new()
    {
        Name = Source,
        Kind = "duckdb",
        Connection = "Data Source=:memory:",
        Files = [.. paths],
    };

    /// <summary>Such files, and databases, in the working directory.</summary>
    public static IEnumerable<string> Here() =>
        Directory.EnumerateFiles(".").Select(path => Path.GetFileName(path))
            .Where(name => IsNamedSo(name) || NamedSource.KindOfFile(name) is not null).Order(StringComparer.Ordinal);

    private static string Query(string path, string options) => Posix.Exists(path)
        ? $"SELECT * FROM {Reader(path)}('{path.Replace("'", "''", StringComparison.Ordinal)}'{options})"
        : throw new UsageException($"--from: there is no file {path}.");

    [GeneratedRegex(@"\A[+-]?\d+,\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    private static string? Reader(string path) => s_readers.GetValueOrDefault(Path.GetExtension(
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path));
}
