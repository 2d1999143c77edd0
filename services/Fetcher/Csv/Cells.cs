using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Benchmark.Contracts.Volume;

namespace Benchmark.Fetcher.Csv;

// The cells that several kinds of source share; what only one driver has stands with its source.

internal readonly struct BooleanCell : ICell
{
    public static ColumnType Type => ColumnType.Boolean;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.Add(reader.GetBoolean(ordinal) ? "true"u8 : "false"u8);
}

internal readonly struct BigIntegerCell : ICell
{
    public static ColumnType Type => ColumnType.Integer;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetFieldValue<BigInteger>(ordinal).ToString(CultureInfo.InvariantCulture));
}

internal readonly struct TextCell : ICell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) => block.AddText(reader.GetString(ordinal));
}

internal readonly struct UuidCell : ICell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) => block.AddFormatted(reader.GetGuid(ordinal));
}

internal readonly struct TimeCell : ICell
{
    public static ColumnType Type => ColumnType.Time;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddTime(reader.GetFieldValue<TimeOnly>(ordinal));
}
