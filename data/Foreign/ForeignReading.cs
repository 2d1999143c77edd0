using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;
using Benchmark.Data.Scanning;

namespace Benchmark.Data.Foreign;

/// <summary>A file that somebody else wrote, and how each of its columns is read.</summary>
/// <param name="file">The file, as a copy in the dialect.</param>
/// <param name="columns">How the columns are read that are compared; others are taken as texts.</param>
/// <param name="rules">What was told of the values.</param>
public sealed class ForeignReading(ForeignFile file, IReadOnlyList<ColumnReading> columns, ReadingRules rules)
{
    private readonly Dictionary<string, ColumnReader> _readers = columns
        .Where(column => file.Find(column.Name) is not null)
        .ToDictionary(column => column.Name, column => ReaderOf(column, file.Find(column.Name)!, file, rules));

    /// <summary>How the columns are read that are compared.</summary>
    public IReadOnlyList<ColumnReading> Columns => columns;

    /// <summary>What was missing in a column and did not fit, once the file was scanned.</summary>
    public ColumnReader? Find(string column) => _readers.GetValueOrDefault(column);

    /// <summary>Reads the file once.</summary>
    internal ScanResult Scan(Func<ColumnReading, ColumnPlan> plan, CancellationToken ct)
    {
        var byName = columns.ToDictionary(column => column.Name);
        var scan = CsvScan.Run(
            file.Path,
            name => byName.TryGetValue(name, out var column)
                ? plan(column)
                : new ColumnPlan { Name = name, Type = ColumnType.String, Bins = 1 },
            key: [], memory: long.MaxValue, ct, name => Find(name) is { IsNeeded: true } reader ? reader : null);
        return scan.Readable ? scan : throw new UnreadableCsvException(file.Path, scan.File);
    }

    // Most columns of most files need no second look at each value.
    private static ColumnReader ReaderOf(
        ColumnReading column, FormCounts values, ForeignFile file, ReadingRules rules) =>
        column.Type == column.SpelledAs && values.AreSpelled(column.Type, file.DecimalComma)
            && (column.Type != ColumnType.String || rules.NaWords.Count == 0)
            ? ColumnReader.OfSpelled(column, values)
            : new ColumnReader(column, file.DecimalComma, rules);
}
