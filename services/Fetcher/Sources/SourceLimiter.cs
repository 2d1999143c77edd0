using System.Collections.Concurrent;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>Limits the concurrent fetches from one source to what its definition allows each process.</summary>
internal sealed class SourceLimiter
{
    // By name and limit: a registry that changes the limit gets new permits, and those taken are returned to the old
    // ones.
    private readonly ConcurrentDictionary<(string Name, int Limit), SemaphoreSlim> _permits = new();

    /// <summary>Waits for a permit; dispose of it to give it back.</summary>
    public async Task<IDisposable> AcquireAsync(SourceDefinition source, CancellationToken ct)
    {
        var limit = Math.Max(1, source.MaxConcurrentFetches);
        var permits = _permits.GetOrAdd((source.Name, limit), key => new SemaphoreSlim(key.Limit));
        await permits.WaitAsync(ct);
        return new Permit(permits);
    }

    private sealed class Permit(SemaphoreSlim permits) : IDisposable
    {
        public void Dispose() => permits.Release();
    }
}
