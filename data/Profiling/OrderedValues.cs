using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>The distinct values of a column by their keys, ascending, with the number of values up to each.</summary>
internal sealed class OrderedValues<TGrammar>(DistinctValues sorted)
    where TGrammar : struct, IOrderedGrammar
{
    private readonly long[] _keys = sorted.Values;
    private readonly int[] _upTo = sorted.UpTo;

    /// <summary>From keys in any order, each with its count; a key may come more than once.</summary>
    public static OrderedValues<TGrammar> From(IEnumerable<(long Key, long Count)> counts)
    {
        var ordered = counts.OrderBy(value => value.Key).ToArray();
        var (keys, upTo, distinct, total) = (new long[ordered.Length], new int[ordered.Length], 0, 0L);
        foreach (var (key, count) in ordered)
        {
            if (distinct == 0 || keys[distinct - 1] != key)
                keys[distinct++] = key;
            upTo[distinct - 1] = checked((int)(total += count));
        }
        return new(new DistinctValues(keys, upTo, distinct));
    }

    /// <summary>How many distinct values there are.</summary>
    public int Distinct { get; } = sorted.Count;

    /// <summary>How many values there are, equal ones included.</summary>
    public int Count => CountBefore(Distinct);

    /// <summary>The key of each distinct value.</summary>
    public ReadOnlySpan<long> Keys => _keys.AsSpan(0, Distinct);

    /// <summary>For each distinct value, how many values there are up to and including it.</summary>
    public ReadOnlySpan<int> UpTo => _upTo.AsSpan(0, Distinct);

    /// <summary>How many values equal this one.</summary>
    public int CountOf(int index) => _upTo[index] - CountBefore(index);

    /// <summary>How many values are less than this one.</summary>
    public int CountBefore(int index) => index == 0 ? 0 : _upTo[index - 1];

    /// <summary>The number at a rank among all values, from 0.</summary>
    public double At(long rank)
    {
        var index = UpTo.BinarySearch((int)rank + 1);
        return TGrammar.ToDouble(_keys[index < 0 ? ~index : index]);
    }

    /// <summary>Index of the first number that satisfies a condition which all greater ones satisfy, too.</summary>
    public int First(Func<double, bool> condition)
    {
        var (low, high) = (0, Distinct);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (condition(TGrammar.ToDouble(_keys[middle])))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
