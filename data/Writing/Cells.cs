using System.Data.Common;
using System.Globalization;
using System.Numerics;

namespace Benchmark.Data.Writing;

// Cells that several kinds of source share; those of a single driver are with its source.

/// <summary>A boolean.</summary>
public readonly struct BooleanCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Boolean;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.Add(reader.GetBoolean(ordinal) ? "true"u8 : "false"u8);
}

/// <summary>A whole number of any size.</summary>
public readonly struct BigIntegerCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.Integer;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetFieldValue<BigInteger>(ordinal).ToString(CultureInfo.InvariantCulture));
}

/// <summary>Text.</summary>
public readonly struct TextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.String;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetString(ordinal));
}

/// <summary>A UUID, written as text.</summary>
public readonly struct UuidCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.String;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddFormatted(reader.GetGuid(ordinal));
}
