using System.Data.Common;
using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources.Sqlite;

// In SQLite every value has a type of its own whatever its column was declared as, and a getter of another type
// converts in silence ('abc' is read as the integer 0). So each value's own type is looked at first.

internal readonly struct SqliteIntegerCell : ICell
{
    public static ColumnType Type => ColumnType.Integer;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddFormatted(SqliteValue.Is<long>(reader, ordinal).GetInt64(ordinal));
}

internal readonly struct SqliteNumberCell : ICell
{
    public static ColumnType Type => ColumnType.Number;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block)
    {
        // A column of numbers may store those without a fraction as integers.
        if (reader.GetFieldType(ordinal) == typeof(long))
            block.AddFormatted(reader.GetInt64(ordinal));
        else
            block.AddDouble(SqliteValue.Is<double>(reader, ordinal).GetDouble(ordinal));
    }
}

internal readonly struct SqliteTextCell : ICell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(SqliteValue.Is<string>(reader, ordinal).GetString(ordinal));
}

internal readonly struct SqliteBlobCell : ICell
{
    public static ColumnType Type => ColumnType.Bytes;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddBase64(SqliteValue.Is<byte[]>(reader, ordinal).GetFieldValue<byte[]>(ordinal));
}

internal readonly struct SqliteBooleanCell : ICell
{
    public static ColumnType Type => ColumnType.Boolean;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.Add(SqliteValue.Is<long>(reader, ordinal).GetInt64(ordinal) switch
        {
            0 => "false"u8,
            1 => "true"u8,
            var other => throw new FormatException($"{other} is neither 0 nor 1."),
        });
}

internal readonly struct SqliteDateCell : ICell
{
    public static ColumnType Type => ColumnType.Date;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) => block.AddDate(
        DateOnly.ParseExact(
            SqliteValue.Is<string>(reader, ordinal).GetString(ordinal), "yyyy-MM-dd", CultureInfo.InvariantCulture));
}

internal readonly struct SqliteTimestampCell : ICell
{
    private static readonly string[] s_formats = ["yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddTimestamp(DateTime.ParseExact(
        SqliteValue.Is<string>(reader, ordinal).GetString(ordinal), s_formats, CultureInfo.InvariantCulture,
        DateTimeStyles.None));
}

/// <summary>An expression's column: it has the type of its values, which must agree.</summary>
internal sealed class SqliteUndeclaredColumn(string name, int ordinal) : CsvColumn(name, ordinal)
{
    private ColumnType? _type;

    protected override ColumnType Type => _type ?? ColumnType.String;

    public override void Write(DbDataReader reader, CsvBlock block)
    {
        if (reader.IsDBNull(Ordinal))
        {
            AddNull();
            return;
        }
        var type = _type ?? TypeOf(reader.GetFieldType(Ordinal));
        // Whole numbers so far and now a fraction: what has been written is right for a column of numbers too.
        if (type is ColumnType.Integer && reader.GetFieldType(Ordinal) == typeof(double))
            type = ColumnType.Number;
        _type = type;
        switch (type)
        {
            case ColumnType.Integer:
                SqliteIntegerCell.Write(reader, Ordinal, block);
                break;
            case ColumnType.Number:
                SqliteNumberCell.Write(reader, Ordinal, block);
                break;
            case ColumnType.Bytes:
                SqliteBlobCell.Write(reader, Ordinal, block);
                break;
            default:
                SqliteTextCell.Write(reader, Ordinal, block);
                break;
        }
    }

    private static ColumnType TypeOf(Type type) =>
        type == typeof(long) ? ColumnType.Integer
        : type == typeof(double) ? ColumnType.Number
        : type == typeof(byte[]) ? ColumnType.Bytes
        : ColumnType.String;
}

file static class SqliteValue
{
    public static DbDataReader Is<T>(DbDataReader reader, int ordinal)
    {
        var type = reader.GetFieldType(ordinal);
        return type == typeof(T)
            ? reader : throw new InvalidCastException($"The value is {Name(type)}, not {Name(typeof(T))}.");
    }

    private static string Name(Type type) =>
        type == typeof(long) ? "an integer" : type == typeof(double) ? "a real" : type == typeof(string)
            ? "text" : "a blob";
}
