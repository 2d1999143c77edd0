using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Benchmark.Fetcher;

/// <summary>How much one Fetcher takes on. Configuration section <c>Fetcher</c>.</summary>
public sealed class FetcherOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Fetcher";

    /// <summary>
    /// Fetches at a time, all sources together: a fetch mostly waits for its source. What a source allows
    /// (<c>max_concurrent_fetches</c> in the registry) limits it further. Default 4, or the number of cores when that
    /// is more.
    /// </summary>
    [Range(1, 100), DefaultValue("4, or the number of cores when that is more")]
    public int ConcurrentFetches { get; set; } = Math.Max(4, Environment.ProcessorCount);
}
