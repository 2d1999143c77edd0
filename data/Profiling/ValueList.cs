namespace Benchmark.Data.Profiling;

/// <summary>A list that grows by blocks, without ever copying what it has.</summary>
/// <param name="largestBlock">How many values the largest blocks have.</param>
/// <param name="absorb">Is offered each full block; says whether it took the values out of the list.</param>
internal sealed class ValueList<T>(int largestBlock = ValueList<T>.LargestBlock, ValueList<T>.Absorb? absorb = null)
    where T : unmanaged
{
    private const int FirstBlock = 1 << 10;
    private const int LargestBlock = 1 << 15;

    private readonly List<T[]> _full = [];
    private T[] _block = new T[FirstBlock];
    private int _used;

    public void Add(T value)
    {
        var used = _used;
        if ((uint)used >= (uint)_block.Length)
        {
            NextBlock();
            used = 0;
        }
        _block[used] = value;
        _used = used + 1;
    }

    public long Count => _full.Sum(b => (long)b.Length) + _used;

    /// <summary>Offers all values; says whether the list is empty now. It keeps those that were not taken.</summary>
    public bool TryEmptyInto(Absorb take)
    {
        while (_full.Count > 0 && take(_full[^1]))
            _full.RemoveAt(_full.Count - 1);
        if (_full.Count > 0 || !take(_block.AsSpan(0, _used)))
            return false;
        _used = 0;
        return true;
    }

    /// <summary>Hands over the blocks that were offered in vain.</summary>
    public void Drain(Action<ReadOnlyMemory<T>> take)
    {
        foreach (var block in _full)
            take(block);
        _full.Clear();
    }

    /// <summary>Moves all values to an array and lets go of the blocks, so that they are not in memory twice.</summary>
    public void MoveTo(Span<T> values)
    {
        for (var i = 0; i < _full.Count; i++)
        {
            _full[i].CopyTo(values);
            values = values[_full[i].Length..];
        }
        _block.AsSpan(0, _used).CopyTo(values);
        _full.Clear();
        _block = [];
        _used = 0;
    }

    public delegate bool Absorb(ReadOnlySpan<T> values);

    private void NextBlock()
    {
        _used = 0;
        if (_block.Length > 0 && absorb?.Invoke(_block) != true)
            _full.Add(_block);
        else if (_block.Length == largestBlock)
            return;
        _block = GC.AllocateUninitializedArray<T>(Math.Clamp(_block.Length * 2, FirstBlock, largestBlock));
    }
}
