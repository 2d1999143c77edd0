using System.Text.Json.Serialization;

namespace Benchmark.Contracts;

/// <summary>What started a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunTrigger>))]
public enum RunTrigger
{
    /// <summary>A schedule of the registry.</summary>
    [JsonStringEnumMemberName("schedule")]
    Schedule,

    /// <summary>A person, by the command line.</summary>
    [JsonStringEnumMemberName("operator")]
    Operator,

    /// <summary>A <see cref="RefreshModel"/> without a run.</summary>
    [JsonStringEnumMemberName("message")]
    Message,

    /// <summary>A person, who wants an old version back.</summary>
    [JsonStringEnumMemberName("rollback")]
    Rollback,

    /// <summary>A person, who wants rejected data published.</summary>
    [JsonStringEnumMemberName("accept")]
    Accept,
}
