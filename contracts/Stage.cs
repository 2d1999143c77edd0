using System.Text.Json.Serialization;

namespace Benchmark.Contracts;

/// <summary>Where a refresh is, or ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Stage>))]
public enum Stage
{
    /// <summary>Its rows are fetched from the source.</summary>
    [JsonStringEnumMemberName("fetch")]
    Fetch,

    /// <summary>The staged data is checked.</summary>
    [JsonStringEnumMemberName("validate")]
    Validate,

    /// <summary>The checked data is published.</summary>
    [JsonStringEnumMemberName("publish")]
    Publish,
}
