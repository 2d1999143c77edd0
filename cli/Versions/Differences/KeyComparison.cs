using System.Globalization;
using DuckDB.NET.Data;

namespace Benchmark.Cli.Versions.Differences;

/// <summary>
/// Compares two files by key, in DuckDB: it reads both as streams, and what does not fit into its memory it writes to a
/// directory of its own, so ten million rows take as much memory as ten thousand.
/// </summary>
internal sealed class KeyComparison : IDisposable
{
    private const string MemoryLimit = "512MB";
    private const int Sampled = 10;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-diff-");
    private readonly DuckDBConnection _connection = new($"Data Source=:memory:;memory_limit={MemoryLimit}");
    private readonly (DiffSide Side, string File) _first;
    private readonly (DiffSide Side, string File) _second;
    private readonly IReadOnlyList<string> _key;
    private readonly IReadOnlyList<string> _common;

    public KeyComparison(DiffSide first, DiffSide second, IReadOnlyList<string> key)
    {
        _key = key;
        _common = [.. first.Columns.Intersect(second.Columns).Except(key)];
        try
        {
            (_first, _second) = ((first, Linked(first, "a")), (second, Linked(second, "b")));
            _connection.Open();
            Execute($"SET temp_directory = {Literal(Path.Combine(_directory.FullName, "spill"))}", default);
            Execute("SET preserve_insertion_order = false", default);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>Reads both files.</summary>
    /// <param name="withValues">Whether the samples have the values that changed.</param>
    /// <param name="ct">Cancels the reading.</param>
    public KeyDifference Compare(bool withValues, CancellationToken ct)
    {
        // Rows of one key are told apart by their hash: of ten million that changed, one in 10^12 would be missed. Of
        // several rows the hashes are added: a sum does not depend on their order, and pairs do not cancel out.
        var keys = Enumerable.Range(0, _key.Count).Select(i => $"k{i}").ToList();
        Execute(
            $"""
            CREATE TEMP TABLE differing AS
            SELECT {string.Join(", ", keys)}, a.n AS before, b.n AS after,
                CASE WHEN a.n IS NULL THEN 'came' WHEN b.n IS NULL THEN 'went'
                    WHEN a.h IS DISTINCT FROM b.h OR a.n <> b.n THEN 'changed' ELSE 'same' END AS kind
            FROM ({Grouped(_first)}) a FULL OUTER JOIN ({Grouped(_second)}) b USING ({string.Join(", ", keys)})
            """,
            ct);
        var counts = new Dictionary<string, long>();
        long withKey = 0;
        foreach (var row in Rows(
            "SELECT kind, count(*), sum(coalesce(before, 0) + coalesce(after, 0)) FROM differing GROUP BY kind", ct))
        {
            counts[row[0]!] = Number(row[1]);
            withKey += Number(row[2]);
        }
        return new KeyDifference
        {
            Key = _key,
            Came = counts.GetValueOrDefault("came"),
            Went = counts.GetValueOrDefault("went"),
            Changed = counts.GetValueOrDefault("changed"),
            Same = counts.GetValueOrDefault("same"),
            WithoutKey = _first.Side.Rows + _second.Side.Rows - withKey,
            Samples = [.. Keys("came", ct), .. Keys("went", ct), .. Changes(withValues, ct)],
        };
    }

    private IEnumerable<KeySample> Keys(string kind, CancellationToken ct) =>
        Sample(kind, ct).Select(key => new KeySample(kind, key, [], null));

    private IEnumerable<KeySample> Changes(bool withValues, CancellationToken ct)
    {
        var keys = Sample("changed", ct);
        if (keys.Count == 0)
            yield break;
        var (before, after) = (RowsOf(_first, keys, ct), RowsOf(_second, keys, ct));
        foreach (var key in keys)
        {
            var (was, now) = (before[Joined(key)], after[Joined(key)]);
            var changes = _common.Select((column, i) => new ValueChange(column, was[i], now[i]))
                .Where(change => change.First != change.Second).ToList();
            yield return new KeySample(
                "changed", key, [.. changes.Select(change => change.Column)], withValues ? changes : null);
        }
    }

    private IReadOnlyList<IReadOnlyList<string>> Sample(string kind, CancellationToken ct)
    {
        var keys = string.Join(", ", Enumerable.Range(0, _key.Count).Select(i => $"k{i}"));
        return [.. Rows(
            $"SELECT {keys} FROM differing WHERE kind = '{kind}' ORDER BY {keys} LIMIT {Sampled}", ct)
            .Select(row => (IReadOnlyList<string>)[.. row.Select(value => value!)])];
    }

    // Of a key that several rows have, the first.
    private Dictionary<string, string?[]> RowsOf(
        (DiffSide Side, string File) side, IReadOnlyList<IReadOnlyList<string>> keys, CancellationToken ct)
    {
        var wanted = string.Join(", ", keys.Select(key => $"({string.Join(", ", key.Select(Literal))})"));
        var found = new Dictionary<string, string?[]>();
        foreach (var row in Rows(
            $"SELECT {Columns(side, _key.Concat(_common))} FROM {Read(side)} "
            + $"WHERE ({Columns(side, _key)}) IN ({wanted})", ct))
            found.TryAdd(Joined(row[.._key.Count].Select(value => value!)), row[_key.Count..]);
        return found;
    }

    private string Grouped((DiffSide Side, string File) side)
    {
        var keys = _key.Select((column, i) => $"{Column(side, column)} AS k{i}");
        var hash = _common.Count == 0 ? "0::UBIGINT" : $"hash({Columns(side, _common)})";
        var grouped = string.Join(", ", Enumerable.Range(0, _key.Count).Select(i => $"k{i}"));
        var hasKey = string.Join(" AND ", Enumerable.Range(0, _key.Count).Select(i => $"k{i} IS NOT NULL"));
        return $"SELECT {grouped}, count(*) AS n, sum(h) AS h FROM (SELECT {string.Join(", ", keys)}, {hash} AS h "
            + $"FROM {Read(side)}) WHERE {hasKey} GROUP BY {grouped}";
    }

    // By its place in the file, because a name may hold anything.
    private static string Column((DiffSide Side, string File) side, string column) =>
        $"c{side.Side.Columns.Index().First(named => named.Item == column).Index}";

    private static string Columns((DiffSide Side, string File) side, IEnumerable<string> columns) =>
        string.Join(", ", columns.Select(column => Column(side, column)));

    private static string Read((DiffSide Side, string File) side) =>
        $"read_csv({Literal(side.File)}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
        + "nullstr = '', allow_quoted_nulls = false, strict_mode = true, columns = {"
        + string.Join(", ", side.Side.Columns.Select((_, i) => $"'c{i}': 'VARCHAR'")) + "})";

    // A name of its own: in one that was given, DuckDB would take brackets and stars for a pattern.
    private string Linked(DiffSide side, string name)
    {
        var link = Path.Combine(_directory.FullName, $"{name}.csv");
        File.CreateSymbolicLink(link, Path.GetFullPath(side.Data));
        return link;
    }

    private void Execute(string sql, CancellationToken ct)
    {
        using var command = Command(sql);
        UntilCancelled(command, ct, () => command.ExecuteNonQuery());
    }

    private static void UntilCancelled(DuckDBCommand command, CancellationToken ct, Action act)
    {
        ct.ThrowIfCancellationRequested();
        using var cancelling = ct.Register(command.Cancel);
        try
        {
            act();
        }
        catch (DuckDBException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        ct.ThrowIfCancellationRequested();
    }

    private List<string?[]> Rows(string sql, CancellationToken ct)
    {
        using var command = Command(sql);
        var rows = new List<string?[]>();
        UntilCancelled(command, ct, () =>
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i)
                    ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))]);
        });
        return rows;
    }

    private DuckDBCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);

    private static string Joined(IEnumerable<string> key) => string.Join('\0', key);

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
