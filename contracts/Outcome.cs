using System.Text.Json.Serialization;

namespace Benchmark.Contracts;

/// <summary>How one refresh ended. Exactly these seven words appear in reports and JSON.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>A new version is served.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>The source gave the bytes that are served already; only <c>refreshed_at</c> moves.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged,

    /// <summary>A check failed; the previous version stays published.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>The refresh could not be carried out; the previous version stays published.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The run closed without an outcome of the model.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>
    /// Its source did not have the new data in time (<c>ready_timeout</c>); the previous version stays published.
    /// </summary>
    [JsonStringEnumMemberName("source late")]
    SourceLate,

    /// <summary>Data that was fetched later is served already.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,
}
