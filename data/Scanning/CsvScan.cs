using Benchmark.Data.Foreign;
using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;

namespace Benchmark.Data.Scanning;

/// <summary>Reads a file once: its integrity, row rules and profile, and its rows in a benchmark's bins.</summary>
public sealed class CsvScan
{
    private const int RowsBetweenCancellationChecks = 1024;

    private readonly IReadOnlyList<ColumnPlan> _plans;
    private readonly ColumnAccumulator[] _columns;
    private readonly KeyCheck? _key;
    private readonly RowFindings _findings;
    private readonly ColumnReader?[]? _readers;

    private CsvScan(IReadOnlyList<ColumnPlan> plans, IReadOnlyList<string> key, MemoryBudget memory,
        ColumnReader?[]? readers)
    {
        _readers = readers;
        _plans = plans;
        _columns = [
            .. plans.Select(plan => IsKey(plan, key) ? new KeyColumn(plan) : ColumnAccumulator.For(plan, memory))];
        _findings = new RowFindings(plans);
        for (var i = 0; i < _columns.Length; i++)
        {
            _findings.Columns[i].RangeProblem = _columns[i].RangeProblem;
            _findings.Columns[i].ValuesProblem = _columns[i].ValuesProblem;
            _findings.Columns[i].BinsProblem = _columns[i].BinsProblem;
        }
        var columns = key.Select(name => plans.Select(p => p.Name).ToList().IndexOf(name)).ToList();
        _key = columns.Count == 0 || columns.Contains(-1) ? null : new KeyCheck(columns);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A CSV file in the dialect.</param>
    /// <param name="plan">Says of each name in the header what is known of that column.</param>
    /// <param name="key">Columns that are unique together; empty when there is no key.</param>
    /// <param name="memory">Bytes that the values of all columns may take; who finds no room is profiled to an error,
    /// and says so.</param>
    /// <param name="reader">What spells the values of a column in the dialect first; null when they are.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ScanResult Run(
        string path, Func<string, ColumnPlan> plan, IReadOnlyList<string> key, long memory, CancellationToken ct,
        Func<string, ColumnReader?>? reader = null)
    {
        using var rows = CsvRows.Open(path);
        var scan = new CsvScan(
            rows.Readable ? [.. rows.Header.Select(plan)] : [], key, new MemoryBudget(memory),
            reader is null ? null : [.. rows.Header.Select(reader)]);
        scan.ReadAll(rows, ct);
        var file = rows.Finish();
        var buffers = new SortBuffers();
        scan.FindDuplicates(path, file.Rows, buffers, ct);
        return new ScanResult
        {
            File = file,
            Readable = rows.Readable,
            Header = rows.Header,
            KeyChecked = scan._key is not null,
            Findings = scan._findings,
            Columns = [.. scan._columns.Select(c => c.Finish(buffers))],
        };
    }

    private void ReadAll(CsvRows rows, CancellationToken ct)
    {
        while (rows.Read())
        {
            if (rows.Rows % RowsBetweenCancellationChecks == 0)
                ct.ThrowIfCancellationRequested();
            for (var i = 0; i < _columns.Length; i++)
            {
                var value = rows.Field(i, out var isNull);
                if (_readers?[i] is { } reader)
                    value = reader.Read(value, ref isNull);
                var breaches = _columns[i].Add(value, isNull);
                if (breaches != Breaches.None)
                    _findings.AddBreach(i, breaches, rows.Rows, rows.Line);
            }
            if (_key is not null && !_key.Add(rows))
                _findings.AddKeyBreach(rows.Rows, rows.Line);
        }
    }

    private void FindDuplicates(string path, long rows, SortBuffers buffers, CancellationToken ct)
    {
        if (_key is null)
            return;
        foreach (var (row, line) in _key.Duplicates(path, buffers, ct))
            _findings.AddKeyBreach(row, line);
        _findings.AddUncomparedKeyBreaches(_key.NotCompared, rows);
        foreach (var column in _columns.OfType<KeyColumn>())
            (column.Repeated, column.UncomparedRepeats) = (_key.Suspected, _key.NotCompared);
    }

    private static bool IsKey(ColumnPlan plan, IReadOnlyList<string> key) =>
        plan.Type == ColumnType.String && key is [var only] && only == plan.Name;
}

/// <summary>Everything that one reading of a file gave.</summary>
public sealed record ScanResult
{
    /// <summary>The file as a whole, and where it breaks the dialect.</summary>
    public required FileFacts File { get; init; }

    /// <summary>Whether it could be read to its end; if not, rows and columns are those before the break.</summary>
    public required bool Readable { get; init; }

    /// <summary>The header's names.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>Whether key uniqueness was looked at: there is a key, and the file has all its columns.</summary>
    public required bool KeyChecked { get; init; }

    /// <summary>Rows that break row rules.</summary>
    public required RowFindings Findings { get; init; }

    /// <summary>The columns in file order.</summary>
    public required IReadOnlyList<ColumnOutcome> Columns { get; init; }

    /// <summary>The profile of the file.</summary>
    public Profile Profile => new() { Rows = File.Rows, Columns = [.. Columns.Select(c => c.Profile)] };
}
