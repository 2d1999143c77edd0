namespace Benchmark.Fetcher;

/// <summary>
/// The data is not available and a retry would not help: it ends the fetch and becomes <c>ModelFetchFailed</c>. Every
/// other exception is a failure of the machine, which the endpoint retries.
/// </summary>
internal sealed class FetchRefusedException(string reason, string hint, Exception? cause = null)
    : Exception(reason, cause)
{
    /// <summary>What to do next, for a person to read.</summary>
    public string Hint { get; } = hint;

    /// <summary>Whether the source does not have its new data yet, and nothing else is wrong.</summary>
    public bool SourceLate { get; init; }
}
