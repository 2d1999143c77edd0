using System.Collections.Concurrent;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher;

/// <summary>Progress of the fetches that are under way in this process.</summary>
public sealed class FetchProgress(TimeProvider time)
{
    private readonly ConcurrentDictionary<(Guid RunId, ModelKey Model), ActiveFetch> _active = new();

    /// <summary>
    /// What a fetch has written by now; <see langword="null"/> when none is under way, or before its first block.
    /// </summary>
    public FetchedSoFar? Find(Guid runId, ModelKey model) => _active.GetValueOrDefault((runId, model))?.SoFar;

    /// <summary>The fetches of a run that are under way and have written something.</summary>
    public IEnumerable<(ModelKey Model, FetchedSoFar SoFar)> Of(Guid runId)
    {
        foreach (var (key, fetch) in _active)
        {
            if (key.RunId == runId && fetch.SoFar is { } soFar)
                yield return (key.Model, soFar);
        }
    }

    /// <summary>A fetch is under way until it is disposed of.</summary>
    internal ActiveFetch Begin(ModelDefinition model, SourceDefinition source, Guid runId)
    {
        var key = (runId, model.Name);
        var fetch = new ActiveFetch(model, source, time, ended => _active.TryRemove(new(key, ended)));
        // When the same request is delivered twice at once, the later fetch is shown.
        _active[key] = fetch;
        return fetch;
    }
}

/// <summary>What a fetch has written by now.</summary>
/// <param name="Rows">Whole rows.</param>
/// <param name="Bytes">Bytes of the file, the header's included.</param>
/// <param name="BytesPerSecond">
/// Since its first block of a mebibyte, so that the time a warehouse thinks before it answers does not count; none
/// before the second.
/// </param>
public sealed record FetchedSoFar(long Rows, long Bytes, double? BytesPerSecond);
