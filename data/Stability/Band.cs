using System.Text.Json.Serialization;

namespace Benchmark.Data.Stability;

/// <summary>The verdict on a PSI.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Band>))]
public enum Band
{
    /// <summary>Below the limit that warns.</summary>
    [JsonStringEnumMemberName("stable")]
    Stable,

    /// <summary>At or above the limit that warns.</summary>
    [JsonStringEnumMemberName("shifted")]
    Shifted,

    /// <summary>At or above the limit that fails.</summary>
    [JsonStringEnumMemberName("moved")]
    Moved,

    /// <summary>Chance alone can exceed the limit that warns, so there is no verdict.</summary>
    [JsonStringEnumMemberName("insufficient sample")]
    InsufficientSample,

    /// <summary>The bins cannot show a change: nearly every row is in one of them.</summary>
    [JsonStringEnumMemberName("not comparable")]
    NotComparable,
}
