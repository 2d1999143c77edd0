using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>Ordered values by their keys.</summary>
/// <param name="keys">In order, each once; there may be others behind.</param>
/// <param name="upTo">How many values there are up to and with each; it may be longer.</param>
/// <param name="distinct">How many there are.</param>
internal sealed class WideValues<TOrder>(long[] keys, int[] upTo, int distinct) : OrderedValues
    where TOrder : struct, IOrdered
{
    /// <summary>The values of a list, which is empty afterwards.</summary>
    public static WideValues<TOrder> From(ValueList<long> list, SortBuffers buffers)
    {
        var count = checked((int)list.Count);
        var sorted = buffers.Keys.Sort(count, values => list.MoveTo(values));
        var upTo = buffers.Ranks(count);
        return new(sorted, upTo, Pack(sorted.AsSpan(0, count), upTo));
    }

    /// <summary>The values that the multiples in a list stand for; it is empty afterwards.</summary>
    public static WideValues<TOrder> From(ValueList<int> list, int decimals, SortBuffers buffers)
    {
        var count = checked((int)list.Count);
        var sorted = buffers.Keys.Sort(count, values => Move(list, values));
        var upTo = buffers.Ranks(count);
        var distinct = Pack(sorted.AsSpan(0, count), upTo);
        // Keys grow with the multiples, and differ in more bits, by which they would have to be sorted.
        foreach (ref var value in sorted.AsSpan(0, distinct))
            value = TOrder.KeyOf((int)value, decimals);
        return new(sorted, upTo, distinct);
    }

    public override int Distinct => distinct;

    public override long Key(int index) => keys[index];

    public override double Number(int index) => TOrder.ToDouble(keys[index]);

    public override ReadOnlySpan<int> UpTo(int from) => upTo.AsSpan(from, distinct - from);

    public override int CountBefore(int index) => index == 0 ? 0 : upTo[index - 1];

    public override double At(long rank)
    {
        var index = UpTo(0).BinarySearch((int)rank + 1);
        return Number(index < 0 ? ~index : index);
    }

    public override int First(Func<double, bool> condition) => Lowest(0, distinct, index => condition(Number(index)));

    public override int Next(int from, long count) => from;

    public override (double Mean, double? Stddev)? Moments()
    {
        var first = First(number => number > double.NegativeInfinity);
        var after = First(double.IsPositiveInfinity);
        if (first == after)
            return null;
        // Two passes, the second around the mean of the first: no cancellation however far the values are from zero.
        var finite = (long)CountBefore(after) - CountBefore(first);
        var mean = Sum(first, after) / finite;
        var (rest, squares) = Distances(first, after, mean);
        // What rounding left in the mean shows as a sum of distances that is not zero.
        var correction = rest / finite;
        var variance = Math.Max(0, squares - rest * correction) / (finite - 1);
        return (mean + correction, finite < 2 ? null : Math.Sqrt(variance));
    }

    private static void Move(ValueList<int> list, long[] values)
    {
        var used = 0;
        list.TryEmptyInto(block =>
        {
            foreach (var value in block)
                values[used++] = value;
            return true;
        });
    }

    /// <summary>Packs the distinct of ascending values to the front of their array; counts go in the other.</summary>
    /// <returns>How many they are.</returns>
    private static int Pack(Span<long> values, Span<int> upTo)
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

    private double Sum(int first, int after)
    {
        var sum = 0.0;
        var before = CountBefore(first);
        for (var i = first; i < after; i++)
        {
            sum += TOrder.ToDouble(keys[i]) * (upTo[i] - before);
            before = upTo[i];
        }
        return sum;
    }

    private (double Sum, double OfSquares) Distances(int first, int after, double mean)
    {
        double sum = 0, squares = 0;
        var before = CountBefore(first);
        for (var i = first; i < after; i++)
        {
            var distance = TOrder.ToDouble(keys[i]) - mean;
            var times = upTo[i] - before;
            sum += distance * times;
            squares += distance * distance * times;
            before = upTo[i];
        }
        return (sum, squares);
    }
}
