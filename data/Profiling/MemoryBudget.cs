namespace Benchmark.Data.Profiling;

/// <summary>The memory that all columns of a file share for their values. Who is refused keeps a summary instead.</summary>
internal sealed class MemoryBudget
{
    private readonly long _bytes;
    private long _taken;
    private long _sorting;

    /// <param name="bytes">How much it is.</param>
    public MemoryBudget(long bytes)
    {
        _bytes = bytes;
        Chunks = new Chunks(this);
    }

    /// <summary>What numbers of 16 bits are kept in.</summary>
    public Chunks Chunks { get; }

    /// <param name="more">Bytes to keep until the end.</param>
    /// <param name="sorting">Bytes that will be needed, besides, to sort a column; one is sorted at a time.</param>
    /// <returns>False when there are not as many left.</returns>
    public bool TryTake(long more, long sorting = 0)
    {
        sorting = Math.Max(_sorting, sorting);
        if (_taken + more + sorting > _bytes)
            return false;
        (_taken, _sorting) = (_taken + more, sorting);
        return true;
    }

    public void GiveBack(long taken) => _taken -= taken;
}
