using System.Data.Common;
using System.Globalization;
using System.Numerics;

namespace Benchmark.Data.Writing;

// The cells that several kinds of source share; what only one driver has stands with its source.

public readonly struct BooleanCell : ICell
{
    public static ColumnType Type => ColumnType.Boolean;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.Add(reader.GetBoolean(ordinal) ? "true"u8 : "false"u8);
}

public readonly struct BigIntegerCell : ICell
{
    public static ColumnType Type => ColumnType.Integer;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetFieldValue<BigInteger>(ordinal).ToString(CultureInfo.InvariantCulture));
}

public readonly struct TextCell : ICell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetString(ordinal));
}

public readonly struct UuidCell : ICell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddFormatted(reader.GetGuid(ordinal));
}
