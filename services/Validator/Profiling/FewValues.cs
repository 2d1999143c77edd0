using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Benchmark.Validator.Profiling;

/// <summary>Counts the values of a column that has few: two of three do, and need no list of all their rows.</summary>
internal sealed class FewValues
{
    /// <summary>With more distinct values a list of all rows is faster: the table would leave the cache.</summary>
    public const int Limit = 4096;

    private readonly Dictionary<long, long> _counts = [];

    /// <returns>False when the value is new and there is no room.</returns>
    public bool TryAdd(long key, out bool first)
    {
        first = false;
        ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(_counts, key);
        if (!Unsafe.IsNullRef(ref count))
        {
            count++;
            return true;
        }
        if (_counts.Count == Limit)
            return false;
        _counts.Add(key, 1);
        first = true;
        return true;
    }

    /// <summary>Every row's value, in no order.</summary>
    public IEnumerable<long> Expanded()
    {
        foreach (var (key, count) in _counts)
        {
            for (var i = 0L; i < count; i++)
                yield return key;
        }
    }

    public OrderedValues Ordered()
    {
        long[] keys = [.. _counts.Keys.Order()];
        return OrderedValues.FromCounts(keys, [.. keys.Select(k => _counts[k])]);
    }
}
