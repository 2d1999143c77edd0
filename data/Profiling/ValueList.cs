using System.Runtime.CompilerServices;

namespace Benchmark.Data.Profiling;

/// <summary>A list that grows by blocks, without ever copying its values, for as long as there is memory.</summary>
/// <param name="memory">Where memory comes from; null when the list may take what it needs.</param>
/// <param name="toSort">Bytes that sorting the list will take for each value.</param>
internal sealed class ValueList<T>(MemoryBudget? memory = null, int toSort = 0)
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

    /// <summary>Whether there is room for no more than a block.</summary>
    public bool IsOneBlock => _full.Count == 0;

    /// <returns>False when there is no room; <see cref="TryGrow"/> makes some.</returns>
    public bool TryAdd(T value)
    {
        var used = _used;
        if ((uint)used >= (uint)_block.Length)
            return false;
        _block[used] = value;
        _used = used + 1;
        return true;
    }

    public void ForEach(Action<T> read)
    {
        foreach (var block in _full)
            Array.ForEach(block, read);
        foreach (var value in _block.AsSpan(0, _used))
            read(value);
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

    /// <summary>Begins another block.</summary>
    /// <returns>False when there is no memory for it.</returns>
    public bool TryGrow()
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
        _refused |= !memory.TryReserve(bytes, sorting: (Count + length) * toSort);
        if (_refused)
            return false;
        _reserved += bytes;
        return true;
    }
}
