using System.Data.Common;
using System.Runtime.CompilerServices;
using Benchmark.Data;
using Benchmark.Data.Writing;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Benchmark.Fetcher.Sources.DuckDb;

/// <summary>How a value is written that lies in a vector of DuckDB.</summary>
internal unsafe interface IVectorCell<T>
    where T : unmanaged
{
    static abstract ColumnType Type { get; }

    static abstract void Write(T* value, CsvBlock block);
}

/// <summary>
/// Reads the vector beneath DuckDB's reader instead of asking its typed getters: without a generic virtual call for
/// every value and a string for every text, a fetch of 1,000,000 x 30 needs a third less CPU.
/// </summary>
internal sealed unsafe class DuckDbVectorColumn<T, TCell>(string name, int ordinal) : CsvColumn(name, ordinal)
    where T : unmanaged
    where TCell : struct, IVectorCell<T>
{
    private DuckDBDataChunk? _chunk;
    private T* _values;
    private ulong* _valid;

    protected override ColumnType Type => TCell.Type;

    public override void Write(DbDataReader reader, CsvBlock block)
    {
        var duck = (DuckDBDataReader)reader;
        if (!ReferenceEquals(_chunk, CurrentChunk(duck)))
            Load(CurrentChunk(duck));
        var row = RowsRead(duck) - 1;
        if (_valid is null || (_valid[row / 64] & (1UL << (int)(row % 64))) != 0)
            TCell.Write(_values + row, block);
        else
            AddNull();
    }

    private void Load(DuckDBDataChunk chunk)
    {
        _chunk = chunk;
        var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, Ordinal);
        _values = (T*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
        _valid = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
    }

    // The driver does not give its chunks away. Another version of it may name these fields otherwise: then every
    // fetch from DuckDB fails with a MissingFieldException, in the tests first.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "currentChunk")]
    private static extern ref DuckDBDataChunk CurrentChunk(DuckDBDataReader reader);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "rowsReadFromCurrentChunk")]
    private static extern ref ulong RowsRead(DuckDBDataReader reader);
}
