using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Benchmark.Data;
using Benchmark.Data.Writing;
using DuckDB.NET.Native;

namespace Benchmark.Fetcher.Sources.DuckDb;

// The cells of DuckDB's vectors, in the form that its C interface documents (https://duckdb.org/docs/api/c/vector).

internal readonly unsafe struct DuckDbIntegerCell<T> : IVectorCell<T>
    where T : unmanaged, IUtf8SpanFormattable
{
    public static ColumnType Type => ColumnType.Integer;

    public static void Write(T* value, CsvBlock block) => block.AddFormatted(*value);
}

internal readonly unsafe struct DuckDbDoubleCell : IVectorCell<double>
{
    public static ColumnType Type => ColumnType.Number;

    public static void Write(double* value, CsvBlock block) => block.AddDouble(*value);
}

internal readonly unsafe struct DuckDbFloatCell : IVectorCell<float>
{
    public static ColumnType Type => ColumnType.Number;

    public static void Write(float* value, CsvBlock block) => block.AddFloat(*value);
}

internal readonly unsafe struct DuckDbTextCell : IVectorCell<DuckDBString>
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(DuckDBString* value, CsvBlock block) =>
        block.AddUtf8(new ReadOnlySpan<byte>(value->Data, value->Length));
}

internal readonly unsafe struct DuckDbBytesCell : IVectorCell<DuckDBString>
{
    public static ColumnType Type => ColumnType.Bytes;

    public static void Write(DuckDBString* value, CsvBlock block) =>
        block.AddBase64(new ReadOnlySpan<byte>(value->Data, value->Length));
}

internal readonly unsafe struct DuckDbDateCell : IVectorCell<int>
{
    public static ColumnType Type => ColumnType.Date;

    public static void Write(int* value, CsvBlock block) => block.AddDate(
        // -int.MaxValue is -infinity (https://duckdb.org/docs/sql/data_types/date).
        *value is int.MaxValue or -int.MaxValue ? throw EpochTimes.Infinite() : EpochTimes.DateAt(*value));
}

internal readonly unsafe struct DuckDbTimeCell : IVectorCell<long>
{
    public static ColumnType Type => ColumnType.Time;

    public static void Write(long* value, CsvBlock block) => block.AddTime(EpochTimes.TimeAt(*value));
}

/// <summary>How many 100-nanosecond ticks a unit of a timestamp has.</summary>
internal interface ITimestampUnit
{
    static abstract long Ticks { get; }
}

internal readonly struct Seconds : ITimestampUnit
{
    public static long Ticks => TimeSpan.TicksPerSecond;
}

internal readonly struct Milliseconds : ITimestampUnit
{
    public static long Ticks => TimeSpan.TicksPerMillisecond;
}

internal readonly struct Microseconds : ITimestampUnit
{
    public static long Ticks => TimeSpan.TicksPerMicrosecond;
}

file static class DuckDbTime
{
    public static DateTime At(long units, long ticks) =>
        units is long.MaxValue or -long.MaxValue ? throw EpochTimes.Infinite() : EpochTimes.At(units, ticks);
}

internal readonly unsafe struct DuckDbTimestampCell<TUnit> : IVectorCell<long>
    where TUnit : struct, ITimestampUnit
{
    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(long* value, CsvBlock block) =>
        block.AddTimestamp(DuckDbTime.At(*value, TUnit.Ticks));
}

internal readonly unsafe struct DuckDbUtcTimestampCell : IVectorCell<long>
{
    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(long* value, CsvBlock block) =>
        block.AddUtcTimestamp(DuckDbTime.At(*value, TimeSpan.TicksPerMicrosecond));
}

internal readonly unsafe struct DuckDbNanosecondsCell : IVectorCell<long>
{
    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(long* value, CsvBlock block)
    {
        if (*value is long.MaxValue or -long.MaxValue)
            throw EpochTimes.Infinite();
        if (*value % TimeSpan.NanosecondsPerTick != 0)
            throw new OverflowException(
                "The timestamp is finer than 100 nanoseconds, and nothing is rounded in silence.");
        block.AddTimestamp(EpochTimes.At(*value / TimeSpan.NanosecondsPerTick, 1));
    }
}

// System.Decimal holds 28 digits, DuckDB's DECIMAL 38: taken as the whole number it is stored as.
internal readonly struct DuckDbDecimalCell : ICell
{
    public static ColumnType Type => ColumnType.Decimal;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block)
    {
        var value = reader.GetFieldValue<DuckDBDecimal>(ordinal);
        block.AddScaled(new Int128((ulong)value.Value.Upper, value.Value.Lower), value.Scale);
    }
}

/// <summary>A boolean.</summary>
internal readonly struct DuckDbBooleanCell : ICell
{
    public static ColumnType Type => ColumnType.Boolean;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.Add(reader.GetBoolean(ordinal) ? "true"u8 : "false"u8);
}

/// <summary>A whole number of any size.</summary>
internal readonly struct DuckDbBigIntegerCell : ICell
{
    public static ColumnType Type => ColumnType.Integer;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetFieldValue<BigInteger>(ordinal).ToString(CultureInfo.InvariantCulture));
}

/// <summary>A UUID, written as text.</summary>
internal readonly struct DuckDbUuidCell : ICell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddFormatted(reader.GetGuid(ordinal));
}
