namespace Benchmark.Validator.Profiling;

/// <summary>Keys in order, each once, with how many values there are up to and with each.</summary>
internal sealed class OrderedValues
{
    private readonly long[] _keys;
    private readonly long[] _upTo;

    private OrderedValues(long[] keys, long[] upTo, int distinct) => (_keys, _upTo, Distinct) = (keys, upTo, distinct);

    public int Distinct { get; }

    public long Count => Distinct == 0 ? 0 : _upTo[Distinct - 1];

    public static OrderedValues FromCounts(long[] keys, long[] counts)
    {
        for (var i = 1; i < counts.Length; i++)
            counts[i] += counts[i - 1];
        return new OrderedValues(keys, counts, keys.Length);
    }

    /// <summary>Packs the distinct of ascending values to the front of their array; counts go in the other.</summary>
    public static OrderedValues FromSorted(long[] values, int count, long[] upTo)
    {
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (distinct == 0 || values[distinct - 1] != values[i])
                values[distinct++] = values[i];
            upTo[distinct - 1] = i + 1;
        }
        return new OrderedValues(values, upTo, distinct);
    }

    public long Key(int index) => _keys[index];

    public long CountOf(int index) => _upTo[index] - CountBefore(index);

    /// <summary>How many values come before this one.</summary>
    public long CountBefore(int index) => index == 0 ? 0 : _upTo[index - 1];

    /// <summary>The key at a place among all values, from 0.</summary>
    public long At(long rank)
    {
        var index = Array.BinarySearch(_upTo, 0, Distinct, rank + 1);
        return _keys[index < 0 ? ~index : index];
    }

    /// <summary>Index of the first key that satisfies a condition which all later ones satisfy, too.</summary>
    public int First(Func<long, bool> condition)
    {
        var (low, high) = (0, Distinct);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (condition(_keys[middle]))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
