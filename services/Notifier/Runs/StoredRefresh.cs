using System.Text.Json;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Notifier.Runs;

/// <summary>The JSON of column <c>refresh</c>: the whole record.</summary>
internal static class StoredRefresh
{
    private static readonly JsonSerializerOptions s_oneLine = new(VolumeJson.Options) { WriteIndented = false };

    public static string Write(RefreshOutcome refresh) => JsonSerializer.Serialize(refresh, s_oneLine);

    public static RefreshOutcome Read(string json) => JsonSerializer.Deserialize<RefreshOutcome>(json, s_oneLine)!;
}
