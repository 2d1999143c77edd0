using System.Text.Json.Serialization;

namespace Benchmark.Contracts;

/// <summary>How one refresh ended. Exactly these six words appear in reports and JSON.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>A new version is being served.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>The source gave the bytes that are already served; only <c>refreshed_at</c> moved.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged,

    /// <summary>The data broke a check; the previous version keeps serving.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>The refresh could not be carried out; the previous version keeps serving.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Nothing was heard of the model before the run's deadline.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>Data fetched later is already being served.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,
}
