using System.Text.Json.Serialization;

namespace Benchmark.Contracts.Volume;

/// <summary>The checks of staged data.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckName>))]
public enum CheckName
{
    /// <summary>The file is whole and is the one that was staged.</summary>
    [JsonStringEnumMemberName("integrity")]
    Integrity,

    /// <summary>Values have the column's type.</summary>
    [JsonStringEnumMemberName("type")]
    Type,

    /// <summary>A required column has a value in each row.</summary>
    [JsonStringEnumMemberName("required")]
    Required,

    /// <summary>Values are within <c>min</c> and <c>max</c>.</summary>
    [JsonStringEnumMemberName("range")]
    Range,

    /// <summary>Values are among the allowed ones.</summary>
    [JsonStringEnumMemberName("values")]
    Values,

    /// <summary>Every row has a key, and it is unique.</summary>
    [JsonStringEnumMemberName("key")]
    Key,

    /// <summary>The share of rows that break any of the rules above is within the threshold.</summary>
    [JsonStringEnumMemberName("row_rules")]
    RowRules,

    /// <summary>The number of rows is within its limits.</summary>
    [JsonStringEnumMemberName("rows")]
    Rows,

    /// <summary>The number of rows is close to that of the published version.</summary>
    [JsonStringEnumMemberName("rows_change")]
    RowsChange,

    /// <summary>The file has every column that the registry lists.</summary>
    [JsonStringEnumMemberName("schema")]
    Schema,

    /// <summary>
    /// The columns are those of the published version, as far as the model's schema policy requires.
    /// </summary>
    [JsonStringEnumMemberName("schema_change")]
    SchemaChange,

    /// <summary>Columns are distributed as in the published version.</summary>
    [JsonStringEnumMemberName("drift")]
    Drift,

    /// <summary>Columns are distributed as in the anchor.</summary>
    [JsonStringEnumMemberName("cumulative_drift")]
    CumulativeDrift,

    /// <summary>Few values lie outside the range of the published version.</summary>
    [JsonStringEnumMemberName("out_of_range")]
    OutOfRange,

    /// <summary>Not many more values are missing than in the published version.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>The data is new enough, and not older than the published version.</summary>
    [JsonStringEnumMemberName("freshness")]
    Freshness,
}
