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
        // Two passes, the second around the mean of the first: no cancellation however far the values are from zero.
        double sum = 0, squares = 0, rest = 0;
        for (var i = _firstFinite; i < _afterFinite; i++)
            sum += TOrder.ToDouble(_values.Key(i)) * _values.CountOf(i);
        var mean = sum / Finite;
        for (var i = _firstFinite; i < _afterFinite; i++)
        {
            var distance = TOrder.ToDouble(_values.Key(i)) - mean;
            rest += distance * _values.CountOf(i);
            squares += distance * distance * _values.CountOf(i);
        }
        // What rounding left in the mean shows as a sum of distances that is not zero.
        var correction = rest / Finite;
        var variance = Math.Max(0, squares - rest * correction) / (Finite - 1);
        return (mean + correction, Finite < 2 ? null : Math.Sqrt(variance));
    }

    public IReadOnlyDictionary<string, double>? Quantiles() => Finite == 0
        ? null
        : s_percents.ToDictionary(percent => $"0.{percent:00}", percent => Quantile(percent, 100));

    /// <summary>The inner edges of this many quantile bins, equal ones merged.</summary>
    public double[] Edges(int bins) => [.. Enumerable.Range(1, bins - 1).Select(i => Quantile(i, bins)).Distinct()];

    /// <summary>Values up to and with a number.</summary>
    public long CountUpTo(double number) => _values.CountBefore(_values.First(key => TOrder.ToDouble(key) > number));

    /// <summary>Values below a number.</summary>
    public long CountBelow(double number) => _values.CountBefore(_values.First(key => TOrder.ToDouble(key) >= number));

    /// <summary>Indexes of the most frequent values, most frequent first; equally frequent ones ascending.</summary>
    public IReadOnlyList<int> MostFrequent(int count)
    {
        // By count, and among equals the later goes first: the values come in order, so a later one never displaces.
        var wanted = new PriorityQueue<int, (long Count, int Earlier)>();
        var least = 0L;
        for (var i = 0; i < _values.Distinct; i++)
        {
            var times = _values.CountOf(i);
            if (wanted.Count == count && times <= least)
                continue;
            wanted.Enqueue(i, (times, -i));
            if (wanted.Count > count)
                wanted.Dequeue();
            wanted.TryPeek(out _, out var worst);
            least = worst.Count;
        }
        return [.. wanted.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
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
