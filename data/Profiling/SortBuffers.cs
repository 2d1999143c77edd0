namespace Benchmark.Data.Profiling;

/// <summary>What the columns of a file are sorted with, one after another.</summary>
internal sealed class SortBuffers
{
    /// <summary>For short numbers as multiples of a power of ten.</summary>
    public Sorter<int> Multiples { get; } = new();

    /// <summary>For the keys of longer ones, and for hashes.</summary>
    public Sorter<long> Keys { get; } = new();
}
