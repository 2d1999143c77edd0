namespace Benchmark.Data.Profiling;

/// <summary>Statistics of ordered values on the scale of their type. Pure.</summary>
internal sealed class Statistics
{
    private static readonly int[] s_percents = [1, 5, 25, 50, 75, 95, 99];

    private readonly OrderedValues _values;
    private readonly int _firstFinite;
    private readonly int _afterFinite;

    public Statistics(OrderedValues values)
    {
        _values = values;
        _firstFinite = values.First(number => number > double.NegativeInfinity);
        _afterFinite = values.First(double.IsPositiveInfinity);
    }

    /// <summary>How many values are finite.</summary>
    public long Finite => _values.CountBefore(_afterFinite) - _values.CountBefore(_firstFinite);

    public IReadOnlyDictionary<string, double>? Quantiles() => Finite == 0
        ? null
        : s_percents.ToDictionary(percent => $"0.{percent:00}", percent => Quantile(percent, 100));

    /// <summary>The inner edges of this many quantile bins, equal ones merged.</summary>
    public double[] Edges(int bins) => [.. Enumerable.Range(1, bins - 1).Select(i => Quantile(i, bins)).Distinct()];

    /// <summary>Values up to and with a number.</summary>
    public long CountUpTo(double number) => _values.CountBefore(_values.First(value => value > number));

    /// <summary>Values below a number.</summary>
    public long CountBelow(double number) => _values.CountBefore(_values.First(value => value >= number));

    /// <summary>Values with a key. More than one key may share its number: that of a long integer is rounded.</summary>
    public long CountOf(long key, double number)
    {
        for (var i = _values.First(value => value >= number); i < _values.Distinct && _values.Key(i) <= key; i++)
        {
            if (_values.Key(i) == key)
                return _values.CountOf(i);
        }
        return 0;
    }

    /// <summary>Indexes of the most frequent values, most frequent first; equally frequent ones ascending.</summary>
    public IReadOnlyList<int> MostFrequent(int count)
    {
        // By count, and among equals the later goes first: the values come in order, so a later one never displaces.
        var wanted = new PriorityQueue<int, (long Count, int Earlier)>();
        var least = 0L;
        for (var i = _values.Next(0, least); i < _values.Distinct; i = _values.Next(i, least))
        {
            var before = _values.CountBefore(i);
            foreach (var upTo in _values.UpTo(i))
            {
                Offer(i++, upTo - before);
                before = upTo;
            }
        }
        return [.. wanted.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];

        void Offer(int i, int times)
        {
            if (wanted.Count == count && times <= least)
                return;
            wanted.Enqueue(i, (times, -i));
            if (wanted.Count > count)
                wanted.Dequeue();
            if (wanted.Count == count && wanted.TryPeek(out _, out var worst))
                least = worst.Count;
        }
    }

    // Type 7 (Hyndman and Fan 1996), the default of R, numpy and pandas, at p = part / whole. The position is computed
    // in integers, so that a decile which falls on a value is that value.
    private double Quantile(int part, int whole)
    {
        var position = (Int128)(Finite - 1) * part;
        var below = (long)(position / whole) + _values.CountBefore(_firstFinite);
        var fraction = (double)(position % whole) / whole;
        var low = _values.At(below);
        return fraction == 0 ? low : low + fraction * (_values.At(below + 1) - low);
    }
}
