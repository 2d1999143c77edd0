using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Scanning;

/// <summary>One reading of a file, row by row.</summary>
internal sealed class ScanPass
{
    private const int RowsBetweenCancellationChecks = 1024;

    private readonly ColumnPlan?[] _plans;
    private readonly ColumnAccumulator?[] _columns;
    private readonly KeyCheck? _key;
    private readonly RowFindings _findings;
    private readonly FieldReader?[]? _readers;

    private ScanPass(ColumnPlan?[] plans, IReadOnlyList<string> header, IReadOnlyList<string> key, MemoryBudget memory,
        FieldReader?[]? readers)
    {
        _readers = readers;
        _plans = plans;
        _columns = [.. plans.Select(plan => plan is null ? null
            : IsKey(plan, key) ? new KeyColumn(plan) : ColumnAccumulator.For(plan, memory))];
        _findings = new RowFindings(plans.Length);
        var columns = key.Select(name => header.ToList().IndexOf(name)).ToList();
        _key = columns.Count == 0 || columns.Contains(-1) ? null : new KeyCheck(columns);
    }

    /// <inheritdoc cref="CsvScan.Of"/>
    public static CsvScan Run(
        string path, Func<string, ColumnPlan?> plan, IReadOnlyList<string> key, long memory, CancellationToken ct,
        Func<string, FieldReader?>? reader)
    {
        using var rows = CsvRows.Open(path);
        IReadOnlyList<string> header = rows.Readable ? rows.Header : [];
        var pass = new ScanPass(
            [.. header.Select(plan)], header, key, new MemoryBudget(memory),
            reader is null ? null : [.. header.Select(reader)]);
        pass.ReadAll(rows, ct);
        var file = rows.Finish();
        var buffers = new SortBuffers();
        pass.FindDuplicates(path, file.Rows, buffers, ct);
        return new CsvScan
        {
            Bytes = file.Bytes,
            Sha256 = file.Sha256,
            Rows = file.Rows,
            Problems = file.Problems,
            Readable = rows.Readable,
            Header = rows.Header,
            BrokenRows = pass._findings.BrokenRows,
            Key = pass._key is null ? null : pass._findings.Key.Found(),
            Columns = [.. pass.Finish(buffers)],
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
                    value = reader(value, ref isNull);
                if (_columns[i] is not { } column)
                    continue;
                var breaches = column.Add(value, isNull);
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

    private IEnumerable<ScannedColumn> Finish(SortBuffers buffers)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_plans[i] is not { } plan || _columns[i] is not { } column)
                continue;
            var outcome = column.Finish(buffers);
            yield return new ScannedColumn
            {
                Plan = plan,
                Profile = outcome.Profile,
                Against = Compare(plan.Against, outcome.Tally),
                Anchor = Compare(plan.Anchor, outcome.AnchorTally),
                NotOfType = _findings.Of(i, Breaches.Type).Found(),
                NoValue = _findings.Of(i, Breaches.Required).Found(),
                NotInRange = _findings.Of(i, Breaches.Range).Found(column.RangeProblem),
                NotAllowed = _findings.Of(i, Breaches.Values).Found(column.ValuesProblem),
                BinsProblem = column.BinsProblem,
            };
        }
    }

    private static ColumnComparison? Compare(ColumnProfile? reference, BinTally? tally) =>
        reference is null || tally is null ? null : new ColumnComparison(reference, tally);

    private static bool IsKey(ColumnPlan plan, IReadOnlyList<string> key) =>
        plan.Type == ColumnType.String && key is [var only] && only == plan.Name;
}
