namespace Benchmark.Data.Profiling;

/// <summary>
/// The memory that all columns of a file share for their values. A column that is refused keeps a summary.
/// </summary>
/// <param name="bytes">How much it is.</param>
internal sealed class MemoryBudget(long bytes)
{
    private long _reserved;
    private long _sorting;

    /// <param name="more">Bytes to reserve until they are released.</param>
    /// <param name="sorting">Bytes that sorting the column will take besides; one column is sorted at a time.</param>
    /// <returns>False when fewer are left.</returns>
    public bool TryReserve(long more, long sorting = 0)
    {
        sorting = Math.Max(_sorting, sorting);
        if (_reserved + more + sorting > bytes)
            return false;
        (_reserved, _sorting) = (_reserved + more, sorting);
        return true;
    }

    public void Release(long reserved) => _reserved -= reserved;
}
