namespace Benchmark.Data.Profiling;

/// <summary>
/// Arrays that the columns of a file take turns to be sorted in: twenty columns of a million rows would otherwise leave
/// 300 MB of garbage.
/// </summary>
internal sealed class SortBuffers
{
    private int[] _ranks = [];

    public RadixSort Keys { get; } = new();

    public OpenBucket Bucket { get; } = new();

    /// <summary>An array of at least this length, until the next call.</summary>
    public int[] Ranks(int count)
    {
        if (_ranks.Length < count)
            _ranks = GC.AllocateUninitializedArray<int>(count);
        return _ranks;
    }
}
