namespace Benchmark.Data.Writing;

/// <summary>Rows that the dialect cannot represent; a retry would not help.</summary>
/// <param name="reason">What is wrong, for a person to read.</param>
/// <param name="hint">What to do next, for a person to read.</param>
/// <param name="cause">What the reader threw, if it did.</param>
public sealed class UnwritableDataException(string reason, string hint, Exception? cause = null)
    : Exception(reason, cause)
{
    /// <summary>What to do next, for a person to read.</summary>
    public string Hint { get; } = hint;
}
