using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>Counts the values of a column that has few: two of three do, and need no list of all their rows.</summary>
/// <param name="limit">How many it has room for.</param>
internal sealed class FewValues(int limit)
{
    private const int FirstSlots = 32;

    // Of that many values, more than half of them seen once: it will not be a few.
    private const int LeastToDoubt = 256;

    // A slot with no count is free.
    private long[] _keys = new long[FirstSlots];
    private long[] _counts = new long[FirstSlots];
    private long _rows;

    public int Distinct { get; private set; }

    /// <returns>False when the value is new and there is no room.</returns>
    public bool TryAdd(long key, out bool first)
    {
        var slot = Slot(key);
        first = _counts[slot] == 0;
        if (first)
        {
            if (Distinct == limit || (Distinct >= LeastToDoubt && Distinct > _rows / 2))
                return false;
            _keys[slot] = key;
            Distinct++;
        }
        _counts[slot]++;
        _rows++;
        if (first && Distinct * 2 > _keys.Length)
            Grow();
        return true;
    }

    /// <summary>Tells the value of every row, in no order.</summary>
    public void ForEachRow(Action<long> take)
    {
        for (var slot = 0; slot < _keys.Length; slot++)
        {
            for (var count = _counts[slot]; count > 0; count--)
                take(_keys[slot]);
        }
    }

    public OrderedValues Ordered<TOrder>()
        where TOrder : struct, IOrdered
    {
        int[] used =
            [.. Enumerable.Range(0, _keys.Length).Where(slot => _counts[slot] > 0).OrderBy(slot => _keys[slot])];
        var upTo = new int[used.Length];
        var before = 0;
        for (var i = 0; i < used.Length; i++)
            upTo[i] = before = checked(before + (int)_counts[used[i]]);
        return new WideValues<TOrder>([.. used.Select(slot => _keys[slot])], upTo, used.Length);
    }

    private int Slot(long key)
    {
        var (keys, counts) = (_keys, _counts);
        // Multiplied by the golden ratio: dates and round numbers differ in the upper bits, too.
        var slot = (int)(((ulong)key * 0x9E3779B97F4A7C15) >> 40) & (keys.Length - 1);
        while (counts[slot] != 0 && keys[slot] != key)
            slot = (slot + 1) & (keys.Length - 1);
        return slot;
    }

    private void Grow()
    {
        var (keys, counts) = (_keys, _counts);
        _keys = new long[keys.Length * 4];
        _counts = new long[keys.Length * 4];
        for (var i = 0; i < keys.Length; i++)
        {
            if (counts[i] == 0)
                continue;
            var slot = Slot(keys[i]);
            (_keys[slot], _counts[slot]) = (keys[i], counts[i]);
        }
    }
}
