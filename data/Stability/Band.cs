using System.Text.Json.Serialization;

namespace Benchmark.Data.Stability;

/// <summary>The verdict on a PSI.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Band>))]
public enum Band
{
    /// <summary>Below the limit that warns.</summary>
    [JsonStringEnumMemberName("stable")]
    Stable,

    /// <summary>From the limit that warns on.</summary>
    [JsonStringEnumMemberName("shifted")]
    Shifted,

    /// <summary>From the limit that fails on.</summary>
    [JsonStringEnumMemberName("moved")]
    Moved,

    /// <summary>Chance alone exceeds the limit that warns: nothing can be told.</summary>
    [JsonStringEnumMemberName("insufficient sample")]
    InsufficientSample,
}
