using System.Data.Common;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Writing;

/// <summary>Writes a reader's rows to a stream as one file in the dialect benchmark-csv/1.</summary>
/// <param name="columns">The columns to write.</param>
/// <param name="wrote">Called once per block with the rows and bytes written so far.</param>
public sealed class CsvWriter(IReadOnlyList<CsvColumn> columns, Action<long, long> wrote)
{
    private readonly CsvColumn[] _columns = [.. columns];
    private long _rows;

    /// <summary>Reads to the end and writes everything; the stream is neither flushed nor closed.</summary>
    /// <exception cref="UnwritableDataException">A column cannot be a header, or a value cannot be written.</exception>
    public async Task<CsvFacts> WriteAsync(DbDataReader reader, Stream target, CancellationToken ct)
    {
        using var block = new CsvBlock(target, bytes => wrote(_rows, bytes));
        WriteHeader(block);
        while (await reader.ReadAsync(ct))
            WriteRow(reader, block);
        // A driver may report a cancellation as the end of the data.
        ct.ThrowIfCancellationRequested();
        return new CsvFacts
        {
            Sha256 = block.Finish(),
            Bytes = block.Bytes,
            Rows = _rows,
            Columns = [.. _columns.Select(column => column.Facts)],
        };
    }

    private void WriteHeader(CsvBlock block)
    {
        if (_columns.Length == 0)
            throw new UnwritableDataException("The query gives no columns.", "Select at least one column.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _columns.Length; i++)
        {
            var name = _columns[i].Name;
            if (string.IsNullOrWhiteSpace(name))
                throw new UnwritableDataException(
                    $"Column {i + 1} has no name.", "Name it in the query: select … as name.");
            if (!names.Add(name))
                throw new UnwritableDataException(
                    $"Two columns are called '{name}'.", "Rename one in the query: select … as other_name.");
            if (i > 0)
                block.Add(CsvDialect.Separator);
            block.AddText(name);
        }
        block.Add(CsvDialect.LineFeed);
    }

    private void WriteRow(DbDataReader reader, CsvBlock block)
    {
        var i = 0;
        try
        {
            _columns[0].Write(reader, block);
            for (i = 1; i < _columns.Length; i++)
            {
                block.Add(CsvDialect.Separator);
                _columns[i].Write(reader, block);
            }
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException
            or ArgumentOutOfRangeException or InvalidOperationException)
        {
            throw new UnwritableDataException(
                $"Column '{_columns[i].Name}', row {_rows + 1}: {e.Message}",
                $"Make it a value that a CSV can hold in the query, for example cast({_columns[i].Name} as varchar).",
                e);
        }
        block.Add(CsvDialect.LineFeed);
        _rows++;
    }
}

/// <summary>What was written.</summary>
public sealed record CsvFacts
{
    /// <summary>SHA-256 of the bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length of the file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Rows, without the header.</summary>
    public required long Rows { get; init; }

    /// <summary>The columns, in file order.</summary>
    public required IReadOnlyList<ColumnFacts> Columns { get; init; }
}
