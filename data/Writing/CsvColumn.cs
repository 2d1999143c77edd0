using System.Data.Common;

namespace Benchmark.Data.Writing;

/// <summary>
/// How values of one type are read from a source and written; typed, so that nothing is boxed.
/// </summary>
public interface ICell
{
    /// <summary>The type in the dialect.</summary>
    static abstract ColumnType Type { get; }

    /// <summary>Writes the current row's value, which is not NULL.</summary>
    static abstract void Write(DbDataReader reader, int ordinal, CsvBlock block);
}

/// <summary>One column of the result being written.</summary>
public abstract class CsvColumn(string name, int ordinal)
{
    private long _nulls;

    /// <summary>Name in the header.</summary>
    public string Name { get; } = name;

    /// <summary>Name, type and the NULLs so far.</summary>
    public ColumnFacts Facts => new() { Name = Name, Type = Type, Nulls = _nulls };

    /// <summary>The type in the dialect.</summary>
    protected abstract ColumnType Type { get; }

    /// <summary>Position in the reader's row, from 0.</summary>
    protected int Ordinal { get; } = ordinal;

    /// <summary>Writes the current row's value; NULL writes nothing.</summary>
    public abstract void Write(DbDataReader reader, CsvBlock block);

    /// <summary>Counts a NULL.</summary>
    protected void AddNull() => _nulls++;
}

/// <summary>A column of one kind of cell; the compiler makes a specialised writer of each.</summary>
public sealed class CsvColumn<TCell>(string name, int ordinal) : CsvColumn(name, ordinal)
    where TCell : struct, ICell
{
    /// <inheritdoc/>
    protected override ColumnType Type => TCell.Type;

    /// <inheritdoc/>
    public override void Write(DbDataReader reader, CsvBlock block)
    {
        if (reader.IsDBNull(Ordinal))
            AddNull();
        else
            TCell.Write(reader, Ordinal, block);
    }
}
