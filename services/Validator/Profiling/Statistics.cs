using System.Globalization;

namespace Benchmark.Validator.Profiling;

/// <summary>Statistics of ordered values on the scale of their type. Pure.</summary>
internal sealed class Statistics<TOrder>
    where TOrder : struct, IOrdered
{
    private static readonly int[] s_percents = [1, 5, 25, 50, 75, 95, 99];

    private readonly OrderedValues _values;
    private readonly int _firstFinite;
    private readonly int _afterFinite;

    public Statistics(OrderedValues values)
    {
        _values = values;
        _firstFinite = values.First(key => TOrder.ToDouble(key) > double.NegativeInfinity);
        _afterFinite = values.First(key => double.IsPositiveInfinity(TOrder.ToDouble(key)));
    }

    /// <summary>How many values are finite.</summary>
    public long Finite => _values.CountBefore(_afterFinite) - _values.CountBefore(_firstFinite);

    /// <summary>Mean, and sample standard deviation (null below two values), of the finite values.</summary>
    public (double Mean, double? Stddev)? Moments()
    {
        if (Finite == 0)
            return null;
        // Welford's update, for a value that comes several times at once: no cancellation however far from zero.
        double mean = 0, squares = 0;
        long count = 0;
        for (var i = _firstFinite; i < _afterFinite; i++)
        {
            var value = TOrder.ToDouble(_values.Key(i));
            var times = _values.CountOf(i);
            count += times;
            var distance = value - mean;
            mean += distance * times / count;
            squares += distance * (value - mean) * times;
        }
        return (mean, count < 2 ? null : Math.Sqrt(squares / (count - 1)));
    }

    public IReadOnlyDictionary<string, double>? Quantiles() => Finite == 0
        ? null
        : s_percents.ToDictionary(p => (p / 100.0).ToString("0.00", CultureInfo.InvariantCulture), p => Quantile(p, 100));

    /// <summary>The inner edges of this many quantile bins, equal ones merged.</summary>
    public double[] Edges(int bins) => [.. Enumerable.Range(1, bins - 1).Select(i => Quantile(i, bins)).Distinct()];

    /// <summary>Values up to and with a number.</summary>
    public long CountUpTo(double number) => _values.CountBefore(_values.First(key => TOrder.ToDouble(key) > number));

    /// <summary>Values below a number.</summary>
    public long CountBelow(double number) => _values.CountBefore(_values.First(key => TOrder.ToDouble(key) >= number));

    /// <summary>Indexes of the most frequent values, most frequent first; equally frequent ones from small to large.</summary>
    public IReadOnlyList<int> MostFrequent(int count)
    {
        var order = Comparer<int>.Create((a, b) =>
            _values.CountOf(b).CompareTo(_values.CountOf(a)) is var byCount and not 0 ? byCount : a.CompareTo(b));
        var wanted = new PriorityQueue<int, int>(Comparer<int>.Create((a, b) => order.Compare(b, a)));
        for (var i = 0; i < _values.Distinct; i++)
        {
            if (wanted.Count < count)
                wanted.Enqueue(i, i);
            else if (order.Compare(i, wanted.Peek()) < 0)
                wanted.EnqueueDequeue(i, i);
        }
        return [.. wanted.UnorderedItems.Select(item => item.Element).Order(order)];
    }

    // Type 7 (Hyndman and Fan 1996), the default of R, numpy and pandas, at p = part / whole. The position is computed
    // in integers, so that a decile which falls on a value is that value.
    private double Quantile(int part, int whole)
    {
        var position = (Int128)(Finite - 1) * part;
        var below = (long)(position / whole) + _values.CountBefore(_firstFinite);
        var fraction = (double)(position % whole) / whole;
        var low = TOrder.ToDouble(_values.At(below));
        return fraction == 0 ? low : low + fraction * (TOrder.ToDouble(_values.At(below + 1)) - low);
    }
}
