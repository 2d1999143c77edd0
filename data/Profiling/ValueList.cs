using System.Runtime.CompilerServices;

namespace Benchmark.Data.Profiling;

/// <summary>A list that grows by blocks, without ever copying its values, for as long as there is memory.</summary>
/// <param name="memory">Where memory comes from; null when the list may take what it needs.</param>
internal sealed class ValueList<T>(MemoryBudget? memory = null)
    where T : unmanaged
{
    private const int FirstBlock = 1 << 10;
    private const int LargestBlock = 1 << 15;

    private readonly List<T[]> _full = [];
    private T[] _block = [];
    private int _used;
    private long _reserved;
    private bool _refused;

    public long Count => _full.Sum(block => (long)block.Length) + _used;

    /// <returns>False when the list is full and there is no memory for more.</returns>
    public bool TryAdd(T value)
    {
        var used = _used;
        if ((uint)used >= (uint)_block.Length)
        {
            if (!TryGrow())
                return false;
            used = 0;
        }
        _block[used] = value;
        _used = used + 1;
        return true;
    }

    /// <summary>
    /// Empties the list block by block, in no order. A list that was refused memory keeps one block afterwards, and
    /// never asks again.
    /// </summary>
    public void Drain(Action<ReadOnlySpan<T>> take)
    {
        while (_full is [.., var block])
        {
            _full.RemoveAt(_full.Count - 1);
            take(block);
        }
        var used = _used;
        _used = 0;
        take(_block.AsSpan(0, used));
        memory?.Release(_reserved);
        _reserved = 0;
    }

    private bool TryGrow()
    {
        var length = Math.Clamp(_block.Length * 2, FirstBlock, LargestBlock);
        // The first block is everybody's.
        if (_block.Length > 0 && !TryReserve(length))
            return false;
        if (_block.Length > 0)
            _full.Add(_block);
        _block = GC.AllocateUninitializedArray<T>(length);
        _used = 0;
        return true;
    }

    private bool TryReserve(int length)
    {
        if (memory is null)
            return true;
        var bytes = (long)length * Unsafe.SizeOf<T>();
        _refused |= !memory.TryReserve(bytes, sorting: (Count + length) * Sorter.BytesPerValue);
        if (_refused)
            return false;
        _reserved += bytes;
        return true;
    }
}
