using System.Collections.Concurrent;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>Lets no more fetches run against one source at a time than its definition allows this process.</summary>
internal sealed class SourceSlots
{
    // By name and limit: a registry that changes the limit gets new slots, and the old ones empty by themselves.
    private readonly ConcurrentDictionary<(string Name, int Limit), SemaphoreSlim> _slots = new();

    /// <summary>Waits for a slot; dispose of it to give it back.</summary>
    public async Task<IDisposable> TakeAsync(SourceDefinition source, CancellationToken ct)
    {
        var limit = Math.Max(1, source.MaxConcurrentFetches);
        var slots = _slots.GetOrAdd((source.Name, limit), key => new SemaphoreSlim(key.Limit));
        await slots.WaitAsync(ct);
        return new Slot(slots);
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
