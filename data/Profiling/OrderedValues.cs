using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>The distinct values of a column in order, with the number of values up to each.</summary>
internal sealed class OrderedValues<TGrammar>
    where TGrammar : struct, IOrderedGrammar
{
    // One of the two: short numbers stay multiples of a power of ten.
    private readonly int[] _multiples = [];
    private readonly long[] _keys = [];
    private readonly int[] _upTo;
    private readonly bool _short;
    private readonly int _decimals;

    /// <param name="sorted">Keys.</param>
    public OrderedValues(DistinctValues<long> sorted) =>
        (_keys, _upTo, Distinct, Power) = (sorted.Values, sorted.UpTo, sorted.Count, 1);

    /// <param name="sorted">Short numbers as multiples.</param>
    /// <param name="decimals">Of which power of a tenth.</param>
    public OrderedValues(DistinctValues<int> sorted, int decimals)
    {
        (_multiples, _upTo, Distinct) = (sorted.Values, sorted.UpTo, sorted.Count);
        (_short, _decimals, Power) = (true, decimals, ShortNumber.Power(decimals));
    }

    /// <summary>
    /// From keys in any order and how often each came; a key may come more than once. Overwrites the arrays.
    /// </summary>
    public static OrderedValues<TGrammar> From(long[] keys, long[] counts)
    {
        Array.Sort(keys, counts);
        var (upTo, distinct, total) = (new int[keys.Length], 0, 0L);
        for (var i = 0; i < keys.Length; i++)
        {
            if (distinct == 0 || keys[distinct - 1] != keys[i])
                keys[distinct++] = keys[i];
            upTo[distinct - 1] = checked((int)(total += counts[i]));
        }
        return new(new DistinctValues<long>(keys, upTo, distinct));
    }

    /// <summary>These values without some, and with others; each with how often it came.</summary>
    public OrderedValues<TGrammar> Change(Predicate<long> taken, IReadOnlyList<(long Key, long Count)> put)
    {
        int[] kept = [.. Enumerable.Range(0, Distinct).Where(i => !taken(Key(i)))];
        return From(
            [.. kept.Select(Key), .. put.Select(value => value.Key)],
            [.. kept.Select(i => (long)CountOf(i)), .. put.Select(value => value.Count)]);
    }

    /// <summary>How many distinct values there are.</summary>
    public int Distinct { get; }

    /// <summary>How many values there are, equal ones included.</summary>
    public int Count => CountBefore(Distinct);

    /// <summary>What <see cref="Scaled"/> numbers are divided by.</summary>
    public double Power { get; }

    /// <summary>The key of a value.</summary>
    public long Key(int index) => _short ? TGrammar.KeyOf(_multiples[index], _decimals) : _keys[index];

    /// <summary>
    /// The number of a value times <see cref="Power"/>, which sums can be made of without a division for each.
    /// </summary>
    public double Scaled(int index) => _short ? _multiples[index] : TGrammar.ToDouble(_keys[index]);

    /// <summary>The number that stands for a value.</summary>
    public double Number(int index) => Scaled(index) / Power;

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
        return Number(index < 0 ? ~index : index);
    }

    /// <summary>Index of the first number that satisfies a condition which all greater ones satisfy, too.</summary>
    public int First(Func<double, bool> condition)
    {
        var (low, high) = (0, Distinct);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (condition(Number(middle)))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
