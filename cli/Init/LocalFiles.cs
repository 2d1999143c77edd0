using DuckDB.NET.Data;

namespace Benchmark.Cli.Init;

/// <summary>What DuckDB finds and sees in files of this machine, without reading their rows.</summary>
internal sealed class LocalFiles : IDisposable
{
    // read_csv reads the beginning of its file to know the columns.
    private const string MemoryLimit = "512MB";

    private readonly DuckDBConnection _connection = new(
        $"Data Source=:memory:;memory_limit={MemoryLimit};threads=1;autoinstall_known_extensions=false;"
        + "autoload_known_extensions=false");

    public LocalFiles() => _connection.Open();

    public void Dispose() => _connection.Dispose();

    /// <summary>The files that a pattern such as <c>data/*.csv</c> means, in order of name.</summary>
    public IReadOnlyList<string> Matching(string pattern) =>
    [
        .. Rows($"SELECT file FROM glob({SqlText.Literal(pattern)}) ORDER BY file").Select(row => row.First)
            .Select(path => path.StartsWith("./", StringComparison.Ordinal) && !pattern.StartsWith('.')
                ? path[2..] : path),
    ];

    /// <summary>Names and types of the columns of what stands after FROM.</summary>
    /// <exception cref="DuckDBException">It cannot be read.</exception>
    public IReadOnlyList<(string Name, string Type)> Columns(string relation) =>
        Rows($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {relation})");

    private List<(string First, string Last)> Rows(string query)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<(string, string)>();
        while (reader.Read())
            rows.Add((reader.GetString(0), reader.GetString(reader.FieldCount - 1)));
        return rows;
    }
}
