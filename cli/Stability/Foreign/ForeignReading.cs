using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;

namespace Benchmark.Cli.Stability.Foreign;

/// <summary>A file that somebody else wrote, and how each of its columns is read.</summary>
/// <param name="file">The file, as a copy in the dialect.</param>
/// <param name="columns">How the columns are read that are compared.</param>
/// <param name="rules">What was told of the values.</param>
internal sealed class ForeignReading(ForeignFile file, IReadOnlyList<ColumnReading> columns, ReadingRules rules)
{
    private readonly Dictionary<string, ColumnReader> _readers = columns
        .Where(column => file.Find(column.Name) is not null)
        .ToDictionary(column => column.Name, column => ReaderOf(column, file.Find(column.Name)!, file, rules));

    /// <summary>How the columns are read that are compared.</summary>
    public IReadOnlyList<ColumnReading> Columns => columns;

    /// <summary>What was missing in a column and did not fit, once the file was scanned.</summary>
    public ColumnReader? Find(string column) => _readers.GetValueOrDefault(column);

    /// <summary>Reads the file once, and profiles the columns that are compared.</summary>
    public CsvScan Scan(Func<ColumnReading, ColumnPlan> plan, CancellationToken ct)
    {
        var byName = columns.ToDictionary(column => column.Name);
        var scan = CsvScan.Of(
            file.Path, name => byName.TryGetValue(name, out var column) ? plan(column) : null,
            key: [], memory: long.MaxValue, ct, name => Find(name) is { IsNeeded: true } reader ? reader.Read : null);
        return scan.Readable ? scan : throw new UnreadableCsvException(file.Path, scan);
    }

    // Most columns of most files need no second look at each value.
    private static ColumnReader ReaderOf(
        ColumnReading column, FormCounts values, ForeignFile file, ReadingRules rules) =>
        column.Type == column.SpelledAs && values.AreSpelled(column.Type, file.DecimalComma)
            && (column.Type != ColumnType.String || rules.NaWords.Count == 0)
            ? ColumnReader.OfSpelled(column, values)
            : new ColumnReader(column, file.DecimalComma, rules);
}
