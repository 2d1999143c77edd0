using System.Data.Common;
using System.Globalization;

namespace Benchmark.Data.Writing;

// Cells of values that a source has formatted as text, so that no driver rounds them. Numbers with all their digits are
// written unchanged; the rest is parsed strictly and formatted again.

/// <summary>A whole number that the source gives as text.</summary>
public readonly struct IntegerTextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Integer;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetString(ordinal));
}

/// <summary>A decimal number with every digit that the source gave it.</summary>
public readonly struct DecimalTextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Decimal;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetString(ordinal));
}

/// <summary>A floating-point number that the source gives as text.</summary>
public readonly struct DoubleTextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Number;

    /// <inheritdoc/>
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

/// <summary>A boolean that the source gives as text.</summary>
public readonly struct BooleanTextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Boolean;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.Add(bool.Parse(reader.GetString(ordinal)) ? "true"u8 : "false"u8);
}

/// <summary>A date that the source gives as text.</summary>
public readonly struct DateTextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Date;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddDate(DateOnly.ParseExact(reader.GetString(ordinal), "yyyy-MM-dd", CultureInfo.InvariantCulture));
}

/// <summary>A time that the source gives as text.</summary>
public readonly struct TimeTextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Time;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) => block.AddTime(
        TimeOnly.ParseExact(
            Nanoseconds.Cut(reader.GetString(ordinal), 8), "HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
}

/// <summary>A timestamp without a zone that the source gives as text.</summary>
public readonly struct TimestampTextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Timestamp;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddTimestamp(DateTime.ParseExact(
        Nanoseconds.Cut(reader.GetString(ordinal), 19), "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture,
        DateTimeStyles.None));
}

/// <summary>A timestamp with an offset that the source gives as text.</summary>
public readonly struct OffsetTimestampTextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Timestamp;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddOffsetTimestamp(DateTimeOffset.ParseExact(
        Nanoseconds.Cut(reader.GetString(ordinal), 19), "yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture,
        DateTimeStyles.None));
}

/// <summary>Bytes that the source gives as text.</summary>
public readonly struct Base64TextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Bytes;

    /// <inheritdoc/>
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
