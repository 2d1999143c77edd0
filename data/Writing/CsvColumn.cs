using System.Data.Common;

namespace Benchmark.Data.Writing;

/// <summary>
/// How values of one type are taken from a reader and written: typed all the way, so that nothing is boxed.
/// </summary>
public interface ICell
{
    static abstract ColumnType Type { get; }

    static abstract void Write(DbDataReader reader, int ordinal, CsvBlock block);
}

/// <summary>One column of the result being written.</summary>
public abstract class CsvColumn(string name, int ordinal)
{
    private long _nulls;

    public string Name { get; } = name;

    public ColumnFacts Facts => new() { Name = Name, Type = Type, Nulls = _nulls };

    protected abstract ColumnType Type { get; }

    protected int Ordinal { get; } = ordinal;

    /// <summary>Writes the current row's value; NULL writes nothing.</summary>
    public abstract void Write(DbDataReader reader, CsvBlock block);

    protected void AddNull() => _nulls++;
}

/// <summary>A column of one kind of cell; the compiler makes a specialised writer of each.</summary>
public sealed class CsvColumn<TCell>(string name, int ordinal) : CsvColumn(name, ordinal)
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
