using System.Collections.Concurrent;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>Lets no more fetches run against one source at a time than its definition allows this process.</summary>
internal sealed class SourceGates
{
    // By name and limit: a registry that changes the limit gets a new gate, and the old one empties by itself.
    private readonly ConcurrentDictionary<(string Name, int Limit), SemaphoreSlim> _gates = new();

    /// <summary>Waits for a place; dispose what it returns to give the place back.</summary>
    public async Task<IDisposable> EnterAsync(SourceDefinition source, CancellationToken ct)
    {
        var limit = Math.Max(1, source.MaxConcurrentFetches);
        var gate = _gates.GetOrAdd((source.Name, limit), key => new SemaphoreSlim(key.Limit));
        await gate.WaitAsync(ct);
        return new Place(gate);
    }

    private sealed class Place(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
