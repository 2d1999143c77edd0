namespace Benchmark.Publisher;

/// <summary>The data cannot be published, and a retry does not help; the outcome is <c>failed</c>.</summary>
internal sealed class RefusedException(string reason, string hint) : Exception(reason)
{
    /// <summary>What to do next, as text for people.</summary>
    public string Hint { get; } = hint;
}
