using System.Data.Common;

namespace Benchmark.Data.Writing;

/// <summary>Text.</summary>
public readonly struct TextCell : ICell
{
    /// <inheritdoc/>
    public static ColumnType Type => ColumnType.String;

    /// <inheritdoc/>
    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetString(ordinal));
}
