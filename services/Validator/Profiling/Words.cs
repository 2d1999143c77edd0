using System.Text.Json;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Profiling;

/// <summary>Types in the words of registry and manifest.</summary>
internal static class Words
{
    /// <summary>A value of the type as the dialect spells it; empty for text, which is any.</summary>
    public static string Example(ColumnType type) => type switch
    {
        ColumnType.Integer => "-1234",
        ColumnType.Number or ColumnType.Decimal => "-1234.5",
        ColumnType.Boolean => "true",
        ColumnType.Date => "2026-01-31",
        ColumnType.Timestamp => "2026-01-31T23:59:59",
        ColumnType.Time => "23:59:59",
        ColumnType.Bytes => "aGVsbG8=",
        _ => "",
    };

    public static string Of(ColumnType type) => JsonSerializer.SerializeToElement(type).GetString()!;
}
