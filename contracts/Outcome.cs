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

/// <summary>Words for <see cref="Outcome"/>.</summary>
public static class OutcomeWords
{
    /// <summary>The word that reports and JSON use: <c>published</c>, <c>unchanged</c>, …</summary>
    public static string Word(this Outcome outcome) => outcome.ToString().ToLowerInvariant();

    /// <summary>The outcome of a word; null for none.</summary>
    /// <exception cref="InvalidOperationException">It is none of the six words.</exception>
    public static Outcome? Read(string? word) =>
        word is null ? null : Enum.GetValues<Outcome>().Single(outcome => outcome.Word() == word);
}
