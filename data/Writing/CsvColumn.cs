using System.Data.Common;

namespace Benchmark.Data.Writing;

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
