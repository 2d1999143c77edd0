using System.Data.Common;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources;

/// <summary>
/// How values of one type are read from a source and written; typed, so that nothing is boxed.
/// </summary>
internal interface ICell
{
    /// <summary>The type in the dialect.</summary>
    static abstract ColumnType Type { get; }

    /// <summary>Writes the current row's value, which is not NULL.</summary>
    static abstract void Write(DbDataReader reader, int ordinal, CsvBlock block);
}

/// <summary>A column of one kind of cell; the compiler makes a specialised writer of each.</summary>
internal sealed class CellColumn<TCell>(string name, int ordinal) : CsvColumn(name, ordinal)
    where TCell : struct, ICell
{
    protected override ColumnType Type => TCell.Type;

    public override void Write(DbDataReader reader, CsvBlock block)
    {
        if (reader.IsDBNull(Ordinal))
            AddNull();
        else
            TCell.Write(reader, Ordinal, block);
    }
}
