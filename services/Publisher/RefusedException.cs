namespace Benchmark.Publisher;

/// <summary>This data can never be published as it is. <see cref="AtomicSwap"/> turns it into its answer.</summary>
internal sealed class RefusedException(string reason, string hint) : Exception(reason)
{
    /// <summary>What to do next, for a person to read.</summary>
    public string Hint { get; } = hint;
}
