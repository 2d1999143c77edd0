using System.Text.Json.Serialization;

namespace Benchmark.Data.Stability;

/// <summary>The verdict on a PSI, from the best to the worst: in this order wherever drift is listed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Band>))]
public enum Band
{
    /// <summary>Below the limit that warns.</summary>
    [JsonStringEnumMemberName("stable")]
    Stable,

    /// <summary>The bins cannot show a change: nearly every row is in one of them.</summary>
    [JsonStringEnumMemberName("not comparable")]
    NotComparable,

    /// <summary>Chance alone explains the PSI, or would hide a change on so few rows.</summary>
    [JsonStringEnumMemberName("insufficient sample")]
    InsufficientSample,

    /// <summary>At or above the limit that warns.</summary>
    [JsonStringEnumMemberName("shifted")]
    Shifted,

    /// <summary>At or above the limit that fails.</summary>
    [JsonStringEnumMemberName("moved")]
    Moved,
}
