using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>Ordered values as whole multiples of a power of ten, of which one bucket is put in order at a time.</summary>
internal sealed class NarrowValues<TOrder> : OrderedValues
    where TOrder : struct, IOrdered
{
    private const int NoBucket = -1;

    private readonly Multiples _multiples;
    private readonly OpenBucket _open;
    private readonly int _decimals;
    private readonly double _power;
    // How many there are up to and with each bucket: distinct ones, and all.
    private readonly int[] _distinctUpTo;
    private readonly int[] _upTo;
    private readonly int[] _greatest;
    private int _opened = NoBucket;

    public NarrowValues(Multiples multiples, int decimals, SortBuffers buffers)
    {
        (_multiples, _open, _decimals, _power) = (multiples, buffers.Bucket, decimals, ShortNumber.Power(decimals));
        (_distinctUpTo, _upTo, _greatest) = (new int[multiples.Buckets], new int[multiples.Buckets], new int[multiples.Buckets]);
        var (distinct, all) = (0, 0);
        for (var bucket = 0; bucket < multiples.Buckets; bucket++)
        {
            var tally = multiples.Tally(bucket, _open);
            _distinctUpTo[bucket] = distinct += tally.Distinct;
            _upTo[bucket] = all = checked(all + multiples.CountOf(bucket));
            _greatest[bucket] = tally.Greatest;
        }
        Distinct = distinct;
    }

    public override int Distinct { get; }

    public override long Key(int index) => TOrder.KeyOf(Multiple(index), _decimals);

    public override double Number(int index) => Multiple(index) / _power;

    public override ReadOnlySpan<int> UpTo(int from)
    {
        var first = Open(BucketOf(from, _distinctUpTo));
        return _open.UpTo[(from - first)..];
    }

    public override int CountBefore(int index)
    {
        if (index == 0)
            return 0;
        var bucket = BucketOf(index - 1, _distinctUpTo);
        // No need to open it for what all of it is.
        return index == _distinctUpTo[bucket] ? _upTo[bucket] : UpTo(index - 1)[0];
    }

    public override double At(long rank)
    {
        Open(BucketOf((int)rank, _upTo));
        var index = _open.UpTo.BinarySearch((int)rank + 1);
        return _open.Multiples[index < 0 ? ~index : index] / _power;
    }

    public override int First(Func<double, bool> condition)
    {
        // Behind the last bucket whose least number does not satisfy it, all do.
        var (low, high) = (0, _multiples.Buckets);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (condition(_multiples.LeastOf(middle) / _power))
                high = middle;
            else
                low = middle + 1;
        }
        if (low == 0)
            return 0;
        var first = Open(low - 1);
        return first + Lowest(0, _open.Multiples.Length, index => condition(_open.Multiples[index] / _power));
    }

    public override int Next(int from, long count)
    {
        if (from == Distinct)
            return from;
        for (var bucket = BucketOf(from, _distinctUpTo); _greatest[bucket] <= count;)
        {
            from = _distinctUpTo[bucket];
            if (++bucket == _greatest.Length)
                return Distinct;
        }
        return from;
    }

    public override (double Mean, double? Stddev)? Moments() => _multiples.Moments(_power);

    // The first bucket up to and with which there are more than that many.
    private static int BucketOf(int place, int[] upTo) => Lowest(0, upTo.Length - 1, bucket => upTo[bucket] > place);

    private int Multiple(int index)
    {
        var first = Open(BucketOf(index, _distinctUpTo));
        return _open.Multiples[index - first];
    }

    /// <returns>The index of its first value.</returns>
    private int Open(int bucket)
    {
        if (bucket != _opened)
            _multiples.Open(bucket, bucket == 0 ? 0 : _upTo[bucket - 1], _open);
        _opened = bucket;
        return bucket == 0 ? 0 : _distinctUpTo[bucket - 1];
    }
}
