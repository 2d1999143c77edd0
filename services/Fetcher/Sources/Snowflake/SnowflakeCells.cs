using System.Data.Common;
using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources.Snowflake;

// Cells of values that Snowflake has formatted as text, so that no driver rounds them. Numbers with all their digits
// are written unchanged; the rest is parsed strictly and formatted again. A text in no such form was damaged on its
// way, most likely: that is said without the text, which is somebody's data.

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

/// <summary>A boolean.</summary>
internal readonly struct SnowflakeBooleanCell : ICell
{
    public static ColumnType Type => ColumnType.Boolean;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) => block.Add(
        bool.TryParse(reader.GetString(ordinal), out var value)
            ? value ? "true"u8 : "false"u8
            : throw new FormatException("What came is neither true nor false."));
}

/// <summary>A date.</summary>
internal readonly struct SnowflakeDateCell : ICell
{
    public static ColumnType Type => ColumnType.Date;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) => block.AddDate(
        DateOnly.TryParseExact(
            reader.GetString(ordinal), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new FormatException("What came is not a date of a year from 1 to 9999."));
}

/// <summary>Bytes.</summary>
internal readonly struct SnowflakeBase64Cell : ICell
{
    public static ColumnType Type => ColumnType.Bytes;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block)
    {
        var text = reader.GetString(ordinal);
        var bytes = new byte[text.Length * 3 / 4 + 1];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            throw new FormatException("What came is not base64.");
        block.AddBase64(bytes.AsSpan(0, length));
    }
}

/// <summary>How a text of one type is written; its digest is taken beside.</summary>
internal interface ISnowflakeText
{
    static abstract ColumnType Type { get; }

    static abstract void Write(string text, CsvBlock block);
}

/// <summary>A column of texts whose digests are compared, because no sum over their values is exact.</summary>
internal sealed class SnowflakeTextColumn<TText>(string name, int ordinal, string text, string? lossy = null)
    : CsvColumn(name, ordinal), ISentAsText
    where TText : struct, ISnowflakeText
{
    public string Text => text;

    public string? Lossy => lossy;

    public SentTexts Read { get; } = new();

    protected override ColumnType Type => TText.Type;

    public override void Write(DbDataReader reader, CsvBlock block)
    {
        if (reader.IsDBNull(Ordinal))
        {
            AddNull();
            return;
        }
        var read = reader.GetString(Ordinal);
        Read.Add(read);
        TText.Write(read, block);
    }
}

/// <summary>A floating-point number.</summary>
internal readonly struct SnowflakeDouble : ISnowflakeText
{
    public static ColumnType Type => ColumnType.Number;

    public static void Write(string text, CsvBlock block) => block.AddDouble(text.ToUpperInvariant() switch
    {
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new FormatException("What came is not a number."),
    });
}

/// <summary>A time.</summary>
internal readonly struct SnowflakeTime : ISnowflakeText
{
    public static ColumnType Type => ColumnType.Time;

    public static void Write(string text, CsvBlock block) => block.AddTime(
        TimeOnly.TryParseExact(
            Nanoseconds.Cut(text, 8), "HH:mm:ss.fffffff", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var time)
            ? time
            : throw Nanoseconds.None());
}

/// <summary>A timestamp without a zone.</summary>
internal readonly struct SnowflakeTimestamp : ISnowflakeText
{
    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(string text, CsvBlock block) => block.AddTimestamp(
        DateTime.TryParseExact(
            Nanoseconds.Cut(text, 19), "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var timestamp)
            ? timestamp
            : throw Nanoseconds.None());
}

/// <summary>A timestamp with an offset.</summary>
internal readonly struct SnowflakeOffsetTimestamp : ISnowflakeText
{
    public static ColumnType Type => ColumnType.Timestamp;

    public static void Write(string text, CsvBlock block) => block.AddOffsetTimestamp(
        DateTimeOffset.TryParseExact(
            Nanoseconds.Cut(text, 19), "yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var timestamp)
            ? timestamp
            : throw Nanoseconds.None());
}

file static class Nanoseconds
{
    // Nine decimals after the point, of which .NET and the dialect have seven.
    public static string Cut(string text, int point)
    {
        if (text.Length < point + 10 || text[point] != '.')
            throw None();
        if (text[point + 8] != '0' || text[point + 9] != '0')
            throw new OverflowException("The time is finer than 100 nanoseconds, and nothing is rounded in silence.");
        return text.Remove(point + 8, 2);
    }

    public static FormatException None() => new("What came is not a time of a year from 1 to 9999 with nine decimals.");
}
