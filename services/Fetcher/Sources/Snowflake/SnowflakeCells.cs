using System.Data.Common;
using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources.Snowflake;

// Cells of values that Snowflake has formatted as text, so that no driver rounds them. Numbers with all their digits
// are written unchanged; the rest is parsed strictly and formatted again.

/// <summary>A whole number.</summary>
internal readonly struct SnowflakeIntegerCell : ICell
{
    public static ColumnType Type => ColumnType.Integer;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetString(ordinal));
}

/// <summary>A decimal number with every digit that the source gave it.</summary>
internal readonly struct SnowflakeDecimalCell : ICell
{
    public static ColumnType Type => ColumnType.Decimal;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetString(ordinal));
}

/// <summary>A floating-point number.</summary>
internal readonly struct SnowflakeDoubleCell : ICell
{
    public static ColumnType Type => ColumnType.Number;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block)
    {
        var text = reader.GetString(ordinal);
        block.AddDouble(text.ToUpperInvariant() switch
        {
            "INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        });
    }
}

/// <summary>A boolean.</summary>
internal readonly struct SnowflakeBooleanCell : ICell
{
    public static ColumnType Type => ColumnType.Boolean;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.Add(bool.Parse(reader.GetString(ordinal)) ? "true"u8 : "false"u8);
}

/// <summary>A date.</summary>
internal readonly struct SnowflakeDateCell : ICell
{
    public static ColumnType Type => ColumnType.Date;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddDate(DateOnly.ParseExact(reader.GetString(ordinal), "yyyy-MM-dd", CultureInfo.InvariantCulture));
}

/// <summary>A time.</summary>
internal readonly struct SnowflakeTimeCell : ICell
{
    public static ColumnType Type => ColumnType.Time;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) => block.AddTime(
        TimeOnly.ParseExact(
            Nanoseconds.Cut(reader.GetString(ordinal), 8), "HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
}

/// <summary>A timestamp without a zone.</summary>
internal readonly struct SnowflakeTimestampCell : ICell
{
    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddTimestamp(DateTime.ParseExact(
        Nanoseconds.Cut(reader.GetString(ordinal), 19), "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture,
        DateTimeStyles.None));
}

/// <summary>A timestamp with an offset.</summary>
internal readonly struct SnowflakeOffsetTimestampCell : ICell
{
    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddOffsetTimestamp(DateTimeOffset.ParseExact(
        Nanoseconds.Cut(reader.GetString(ordinal), 19), "yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture,
        DateTimeStyles.None));
}

/// <summary>Bytes.</summary>
internal readonly struct SnowflakeBase64Cell : ICell
{
    public static ColumnType Type => ColumnType.Bytes;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddBase64(Convert.FromBase64String(reader.GetString(ordinal)));
}

file static class Nanoseconds
{
    // Nine decimals after the point, of which .NET and the dialect have seven.
    public static string Cut(string text, int point)
    {
        if (text.Length < point + 10 || text[point] != '.')
            throw new FormatException($"'{text}' is no time of a year from 1 to 9999 with nine decimals.");
        if (text[point + 8] != '0' || text[point + 9] != '0')
            throw new OverflowException("The time is finer than 100 nanoseconds, and nothing is rounded in silence.");
        return text.Remove(point + 8, 2);
    }
}
