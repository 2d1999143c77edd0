using System.Numerics;

namespace Benchmark.Validator.Profiling;

/// <summary>Distinct values in order, each once, with how many values there are up to and with each.</summary>
/// <param name="upTo">That count, for each; it may be longer.</param>
/// <param name="distinct">How many there are.</param>
internal abstract class OrderedValues(int[] upTo, int distinct)
{
    public int Distinct => distinct;

    public ReadOnlySpan<int> UpTo => upTo.AsSpan(0, distinct);

    /// <summary>The key of a value.</summary>
    public abstract long Key(int index);

    /// <summary>The number that stands for a value; grows with the index.</summary>
    public abstract double Number(int index);

    /// <summary>The numbers of the values from an index on.</summary>
    public abstract void Numbers(int from, Span<double> numbers);

    public int CountOf(int index) => upTo[index] - CountBefore(index);

    /// <summary>How many values come before this one.</summary>
    public int CountBefore(int index) => index == 0 ? 0 : upTo[index - 1];

    /// <summary>The number at a place among all values, from 0.</summary>
    public double At(long rank)
    {
        var index = UpTo.BinarySearch((int)rank + 1);
        return Number(index < 0 ? ~index : index);
    }

    /// <summary>Index of the first number that satisfies a condition which all later ones satisfy, too.</summary>
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

    /// <summary>Packs the distinct of ascending values to the front of their array; counts go in the other.</summary>
    /// <returns>How many they are.</returns>
    public static int Pack<T>(Span<T> values, Span<int> upTo)
        where T : IEqualityOperators<T, T, bool>
    {
        if (values.IsEmpty)
            return 0;
        // Written in any case, and kept when the next is another: no branch to guess.
        var distinct = 0;
        for (var i = 1; i < values.Length; i++)
        {
            upTo[distinct] = i;
            distinct += values[i] != values[i - 1] ? 1 : 0;
            values[distinct] = values[i];
        }
        upTo[distinct] = values.Length;
        return distinct + 1;
    }
}

/// <summary>Ordered values by their keys.</summary>
internal sealed class WideValues<TOrder>(long[] keys, int[] upTo, int distinct) : OrderedValues(upTo, distinct)
    where TOrder : struct, IOrdered
{
    /// <summary>The values of a list, which is empty afterwards.</summary>
    public static WideValues<TOrder> From(ValueList<long> list, SortBuffers buffers)
    {
        var count = checked((int)list.Count);
        var (sorted, _) = buffers.Wide.Sort(list);
        var upTo = buffers.Ranks(count);
        return new(sorted, upTo, Pack(sorted.AsSpan(0, count), upTo));
    }

    public override long Key(int index) => keys[index];

    public override double Number(int index) => TOrder.ToDouble(keys[index]);

    public override void Numbers(int from, Span<double> numbers)
    {
        var some = keys.AsSpan(from, numbers.Length);
        for (var i = 0; i < some.Length; i++)
            numbers[i] = TOrder.ToDouble(some[i]);
    }
}

/// <summary>Ordered values as whole multiples of a power of ten.</summary>
internal sealed class NarrowValues<TOrder>(int[] multiples, int decimals, int[] upTo, int distinct)
    : OrderedValues(upTo, distinct)
    where TOrder : struct, IOrdered
{
    private readonly double _power = Multiples.Power(decimals);

    /// <summary>The values of a list, which is empty afterwards.</summary>
    public static NarrowValues<TOrder> From(ValueList<int> list, int decimals, SortBuffers buffers)
    {
        var count = checked((int)list.Count);
        var (sorted, upTo) = buffers.Narrow.Sort(list);
        return new(sorted, decimals, upTo, Pack(sorted.AsSpan(0, count), upTo));
    }

    public override long Key(int index) => TOrder.KeyOf(multiples[index], decimals);

    public override double Number(int index) => multiples[index] / _power;

    public override void Numbers(int from, Span<double> numbers)
    {
        var some = multiples.AsSpan(from, numbers.Length);
        for (var i = 0; i < some.Length; i++)
            numbers[i] = some[i] / _power;
    }
}
