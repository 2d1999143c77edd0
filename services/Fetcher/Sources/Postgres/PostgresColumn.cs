using System.Data.Common;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources.Postgres;

/// <summary>How a value is written that PostgreSQL sent in its binary form.</summary>
internal interface IFieldCell
{
    static abstract ColumnType Type { get; }

    static abstract void Write(ReadOnlySpan<byte> field, CsvBlock block);
}

/// <summary>A column of a <see cref="PostgresCopy"/>.</summary>
internal sealed class PostgresColumn<TCell>(string name, int ordinal) : CsvColumn(name, ordinal)
    where TCell : struct, IFieldCell
{
    protected override ColumnType Type => TCell.Type;

    public override void Write(DbDataReader reader, CsvBlock block)
    {
        var copy = (PostgresCopy)reader;
        if (copy.IsDBNull(Ordinal))
            AddNull();
        else
            TCell.Write(copy.Field(Ordinal), block);
    }
}
