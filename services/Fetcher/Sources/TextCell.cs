using System.Data.Common;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources;

/// <summary>Text.</summary>
internal readonly struct TextCell : ICell
{
    public static ColumnType Type => ColumnType.String;

    public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
        block.AddText(reader.GetString(ordinal));
}
