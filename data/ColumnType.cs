using System.Text.Json.Serialization;

namespace Benchmark.Data;

/// <summary>What a column of a benchmark holds, in the words of registry, manifest and profile.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnType>))]
public enum ColumnType
{
    /// <summary>Text.</summary>
    [JsonStringEnumMemberName("string")]
    String,

    /// <summary>A whole number of any size.</summary>
    [JsonStringEnumMemberName("integer")]
    Integer,

    /// <summary>A binary floating-point number; may be NaN or infinite.</summary>
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>An exact decimal number, up to 38 digits.</summary>
    [JsonStringEnumMemberName("decimal")]
    Decimal,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    [JsonStringEnumMemberName("boolean")]
    Boolean,

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    [JsonStringEnumMemberName("date")]
    Date,

    /// <summary><c>yyyy-MM-ddTHH:mm:ss[.fffffff]</c>, with <c>Z</c> or an offset where the source has a zone.</summary>
    [JsonStringEnumMemberName("timestamp")]
    Timestamp,

    /// <summary><c>HH:mm:ss[.fffffff]</c>.</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    /// <summary>Bytes as base64.</summary>
    [JsonStringEnumMemberName("bytes")]
    Bytes,
}

/// <summary>What people and files call a type.</summary>
public static class ColumnTypes
{
    /// <summary>A value of the type as the dialect spells it; empty for text, which is any.</summary>
    public static string Example(this ColumnType type) => type switch
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
}
