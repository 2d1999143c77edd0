using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Notifier.Runs;

/// <summary>The JSON of column <c>refresh</c>: the whole record.</summary>
internal static class StoredRefresh
{
    /// <summary>
    /// What a refresh counts as whose outcome is a word of a newer program: it ended, and nobody here can say that its
    /// data is served.
    /// </summary>
    public const Outcome Unknown = Outcome.Failed;

    private static readonly JsonSerializerOptions s_oneLine = new(VolumeJson.Options) { WriteIndented = false };

    public static string Write(RefreshOutcome refresh) => JsonSerializer.Serialize(refresh, s_oneLine);

    public static RefreshOutcome Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<RefreshOutcome>(json, s_oneLine)!;
        }
        catch (JsonException)
        {
            var refresh = JsonNode.Parse(json)!;
            if (UnknownOutcome(refresh) is not { } word)
                throw;
            return ReadWithout(word, refresh);
        }
    }

    private static string? UnknownOutcome(JsonNode refresh) =>
        (string?)refresh["outcome"] is { } word && EnumWords.TryRead<Outcome>(word) is null ? word : null;

    private static RefreshOutcome ReadWithout(string word, JsonNode refresh)
    {
        refresh["outcome"] = Unknown.Word();
        var known = refresh.Deserialize<RefreshOutcome>(s_oneLine)!;
        return known with
        {
            Reason = $"It ended as '{word}', a word that a newer Notifier wrote and this one does not know. "
                + known.Reason,
            Hint = $"Run the newer Notifier again to see what it means. {known.Hint}".TrimEnd(),
        };
    }
}
