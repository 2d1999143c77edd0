using System.Buffers.Binary;
using System.Text.Unicode;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources.Postgres;

// The binary form of PostgreSQL's types, as their send functions write it (src/backend/utils/adt): big-endian, integers
// for dates and times.

internal readonly struct PostgresBooleanCell : IFieldCell
{
    public static ColumnType Type => ColumnType.Boolean;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) =>
        block.Add(Sized.To(field, 1)[0] != 0 ? "true"u8 : "false"u8);
}

internal readonly struct PostgresInt16Cell : IFieldCell
{
    public static ColumnType Type => ColumnType.Integer;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) =>
        block.AddFormatted(BinaryPrimitives.ReadInt16BigEndian(Sized.To(field, sizeof(short))));
}

internal readonly struct PostgresInt32Cell : IFieldCell
{
    public static ColumnType Type => ColumnType.Integer;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) => block.AddFormatted(Sized.Int32(field));
}

internal readonly struct PostgresInt64Cell : IFieldCell
{
    public static ColumnType Type => ColumnType.Integer;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) => block.AddFormatted(Sized.Int64(field));
}

internal readonly struct PostgresFloatCell : IFieldCell
{
    public static ColumnType Type => ColumnType.Number;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) =>
        block.AddFloat(BinaryPrimitives.ReadSingleBigEndian(Sized.To(field, sizeof(float))));
}

internal readonly struct PostgresDoubleCell : IFieldCell
{
    public static ColumnType Type => ColumnType.Number;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) =>
        block.AddDouble(BinaryPrimitives.ReadDoubleBigEndian(Sized.To(field, sizeof(double))));
}

internal readonly struct PostgresTextCell : IFieldCell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block)
    {
        // A database whose encoding is SQL_ASCII holds, and sends, any bytes.
        if (!Utf8.IsValid(field))
            throw new FormatException("The text is not UTF-8.");
        block.AddUtf8(field);
    }
}

/// <summary>jsonb and its like: text after the number of its format.</summary>
internal readonly struct PostgresVersionedTextCell : IFieldCell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block)
    {
        if (field is not [1, .. var text])
            throw new FormatException("The value is in another format than the first of its type.");
        PostgresTextCell.Write(text, block);
    }
}

internal readonly struct PostgresUuidCell : IFieldCell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) =>
        block.AddFormatted(new Guid(Sized.To(field, 16), bigEndian: true));
}

internal readonly struct PostgresBytesCell : IFieldCell
{
    public static ColumnType Type => ColumnType.Bytes;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) => block.AddBase64(field);
}

internal readonly struct PostgresDateCell : IFieldCell
{
    public static ColumnType Type => ColumnType.Date;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block)
    {
        var days = Sized.Int32(field);
        if (days is int.MaxValue or int.MinValue)
            throw EpochTimes.Infinite();
        block.AddDate(EpochTimes.DateAt(EpochTimes.DaysTo2000 + (long)days));
    }
}

internal readonly struct PostgresTimeCell : IFieldCell
{
    public static ColumnType Type => ColumnType.Time;

    // 24:00:00, which PostgreSQL has, too, is out of range.
    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) =>
        block.AddTime(EpochTimes.TimeAt(Sized.Int64(field)));
}

internal readonly struct PostgresTimestampCell : IFieldCell
{
    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) => block.AddTimestamp(Sized.Timestamp(field));
}

internal readonly struct PostgresUtcTimestampCell : IFieldCell
{
    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block) => block.AddUtcTimestamp(Sized.Timestamp(field));
}

file static class Sized
{
    // A field of another size is of another type than the query was described with: no number may be made of it.
    public static ReadOnlySpan<byte> To(ReadOnlySpan<byte> field, int size) =>
        field.Length == size ? field : throw new FormatException($"The value has {field.Length} bytes and not {size}.");

    public static int Int32(ReadOnlySpan<byte> field) => BinaryPrimitives.ReadInt32BigEndian(To(field, sizeof(int)));

    public static long Int64(ReadOnlySpan<byte> field) => BinaryPrimitives.ReadInt64BigEndian(To(field, sizeof(long)));

    public static DateTime Timestamp(ReadOnlySpan<byte> field) =>
        Int64(field) is var microseconds and not (long.MaxValue or long.MinValue)
        ? EpochTimes.At(
            EpochTimes.DaysTo2000 * TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond + (Int128)microseconds,
            TimeSpan.TicksPerMicrosecond)
        : throw EpochTimes.Infinite();
}
