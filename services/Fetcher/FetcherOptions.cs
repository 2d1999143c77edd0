using System.ComponentModel.DataAnnotations;

namespace Benchmark.Fetcher;

/// <summary>How much one Fetcher takes on. Configuration section <c>Fetcher</c>.</summary>
public sealed class FetcherOptions
{
    /// <summary>
    /// Fetches at a time, all sources together: a fetch mostly waits for its source. Default 4, or the machine's
    /// cores when they are more. What a source allows (<c>max_concurrent_fetches</c>) limits it further.
    /// </summary>
    [Range(1, 100)]
    public int ConcurrentFetches { get; set; } = Math.Max(4, Environment.ProcessorCount);
}
