using System.Text.Json.Serialization;

namespace Benchmark.Contracts;

/// <summary>Whether a run is open, and how it was closed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
public enum RunState
{
    /// <summary>It waits for models.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It was closed with every outcome known.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>It was closed with models missing.</summary>
    [JsonStringEnumMemberName("incomplete")]
    Incomplete,
}
