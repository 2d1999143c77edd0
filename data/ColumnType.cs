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

/// <summary>What types have in common.</summary>
internal static class ColumnTypes
{
    /// <summary>Whether values are numbers, which have a mean.</summary>
    public static bool IsNumeric(this ColumnType type) =>
        type is ColumnType.Integer or ColumnType.Number or ColumnType.Decimal;

    /// <summary>Whether bins of one type can count values of the other.</summary>
    public static bool IsComparableWith(this ColumnType type, ColumnType other) =>
        type == other || (type.IsNumeric() && other.IsNumeric());
}
