using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>Statistics of ordered values on the scale of their type. Pure.</summary>
internal sealed class Statistics<TGrammar>
    where TGrammar : struct, IOrderedGrammar
{
    private static readonly int[] s_percents = [1, 5, 25, 50, 75, 95, 99];

    private readonly int _belowFinite;
    private readonly int _finite;

    public Statistics(OrderedValues<TGrammar> values)
    {
        Values = values;
        _belowFinite = CountUpTo(double.NegativeInfinity);
        _finite = CountBelow(double.PositiveInfinity) - _belowFinite;
    }

    public OrderedValues<TGrammar> Values { get; }

    public (double Mean, double? Stddev)? MeanAndStddev()
    {
        var moments = new Moments<TGrammar>(Values.Power);
        moments.Add(Values);
        return moments.MeanAndStddev;
    }

    public IReadOnlyDictionary<string, double>? Quantiles() => _finite == 0
        ? null
        : s_percents.ToDictionary(percent => $"0.{percent:00}", percent => Quantile(percent, 100));

    /// <summary>
    /// The inner edges of this many quantile bins. One that stands twice encloses a bin of its own: a value that fills
    /// a bin alone, so that what lies below, above and beside it is told from it.
    /// </summary>
    public double[] Edges(int bins) => Enclosing([.. Enumerable.Range(1, bins - 1)
        .Select(i => Quantile(i, bins))
        // Between equal quantiles there is nothing but that value.
        .GroupBy(quantile => quantile).SelectMany(equal => equal.Take(2))]);

    /// <summary>Values up to and including a number.</summary>
    public int CountUpTo(double number) => Values.CountBefore(Values.First(value => value > number));

    /// <summary>Values below a number.</summary>
    public int CountBelow(double number) => Values.CountBefore(Values.First(value => value >= number));

    /// <summary>Values with a key. More than one key may share its number: that of a long integer is rounded.</summary>
    public int CountOf(long key, double number)
    {
        for (var i = Values.First(value => value >= number); i < Values.Distinct && Values.Key(i) <= key; i++)
        {
            if (Values.Key(i) == key)
                return Values.CountOf(i);
        }
        return 0;
    }

    /// <summary>Indexes of the most frequent values, most frequent first; equally frequent ones ascending.</summary>
    public IReadOnlyList<int> MostFrequent(int count)
    {
        // The least wanted is the first to leave: the rarest, and of equally frequent ones the last.
        var wanted = new PriorityQueue<int, (int Count, int Earlier)>();
        var (least, before) = (0, 0);
        var upTo = Values.UpTo;
        for (var i = 0; i < upTo.Length; i++)
        {
            var times = upTo[i] - before;
            before = upTo[i];
            if (times <= least)
                continue;
            wanted.Enqueue(i, (times, -i));
            if (wanted.Count > count)
                wanted.Dequeue();
            if (wanted.Count == count && wanted.TryPeek(out _, out var worst))
                least = worst.Count;
        }
        return [.. wanted.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
    }

    // The same edges, and around each value that fills a bin between them alone, its own.
    private double[] Enclosing(IReadOnlyList<double> edges)
    {
        List<double> all = [];
        for (var i = 0; i <= edges.Count; i++)
        {
            double? lower = i == 0 ? null : edges[i - 1];
            double? upper = i == edges.Count ? null : edges[i];
            var enclosed = i + 1 < edges.Count && edges[i + 1] == upper;
            if (OnlyValue(lower, upper, enclosed) is { } only)
                all.AddRange(only == upper ? [only] : [only, only]);
            if (upper is { } edge)
                all.Add(edge);
        }
        return [.. all];
    }

    // The value that a bin holds in more than one row, and no other; null when it holds others, or none. The upper edge
    // is in the bin, unless it is enclosed in one of its own.
    private double? OnlyValue(double? lower, double? upper, bool enclosed)
    {
        var from = lower is null ? 0 : Values.First(value => value > lower);
        var end = upper is null ? Values.Distinct
            : Values.First(value => enclosed ? value >= upper : value > upper);
        if (from >= end || Values.CountBefore(end) - Values.CountBefore(from) < 2)
            return null;
        var value = Values.Number(from);
        return double.IsFinite(value) && Values.Number(end - 1) == value ? value : null;
    }

    // Type 7 (Hyndman and Fan 1996), the default of R, numpy and pandas, at p = part / whole. The position is computed
    // in integers, so that a decile which falls on a value is that value.
    private double Quantile(int part, int whole)
    {
        var position = (long)(_finite - 1) * part;
        var below = position / whole + _belowFinite;
        var fraction = (double)(position % whole) / whole;
        var low = Values.At(below);
        if (fraction == 0)
            return low;
        var high = Values.At(below + 1);
        var distance = high - low;
        // Two values can be further from each other than the largest double is from zero.
        return double.IsFinite(distance) ? low + fraction * distance : low * (1 - fraction) + high * fraction;
    }
}
