using Benchmark.Validator.Reading;

namespace Benchmark.Validator.Profiling;

/// <summary>
/// Whole numbers of 4 bytes, in which short numbers are kept as multiples of a power of ten: half of what their keys
/// take, in memory and in sorting. Those of a small span are counted one by one, and need no list at all.
/// </summary>
internal sealed class Multiples
{
    // Counters of 512 KiB: one column's stay in the L2 cache. Of fewer values a list is as small.
    private const int Span = 1 << 17;
    private const int FewerThanCounters = 1 << 14;

    private static readonly long[] s_powers =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    private readonly ValueList<int> _list;
    private readonly long _first;
    private bool _mayCount;
    private int[]? _counts;

    /// <param name="least">The least of the first values.</param>
    /// <param name="greatest">The greatest of the first values.</param>
    /// <param name="absorb">Is offered each full block of those that are not counted.</param>
    public Multiples(int least, int greatest, ValueList<int>.Absorb absorb)
    {
        // By blocks: the counters of one column at a time are in the cache.
        _list = new ValueList<int>(values => TryCount(values) || absorb(values));
        var span = (long)greatest - least + 1;
        _mayCount = span is >= 1 and <= Span;
        _first = least - (Span - span) / 2;
    }

    public static double Power(int decimals) => s_powers[decimals];

    /// <summary>The multiple that a number is; false when it is none, or needs more than 4 bytes.</summary>
    public static bool TryScale(ShortNumber number, int decimals, out int multiple)
    {
        multiple = 0;
        var missing = decimals - number.Decimals;
        if ((uint)missing >= (uint)s_powers.Length)
            return false;
        var scaled = number.Digits * s_powers[missing];
        multiple = (int)scaled;
        return multiple == scaled;
    }

    public void Add(int multiple) => _list.Add(multiple);

    /// <summary>All of them in order, when each was counted; else null, and they are in a list.</summary>
    public OrderedValues? Counted<TOrder>(int decimals)
        where TOrder : struct, IOrdered
    {
        if (_counts is { } counts && _list.TryEmptyInto(TryCount))
            return Counted<TOrder>(counts, decimals);
        Spill();
        return null;
    }

    /// <summary>The list in order. Gives up what it holds.</summary>
    public OrderedValues Sorted<TOrder>(int decimals, SortBuffers buffers)
        where TOrder : struct, IOrdered => NarrowValues<TOrder>.From(_list, decimals, buffers);

    /// <summary>Hands over the blocks that were offered in vain.</summary>
    public void Drain(Action<ReadOnlyMemory<int>> take) => _list.Drain(take);

    /// <summary>All of them in no order. Gives up what it holds.</summary>
    public void MoveTo(Action<int> take)
    {
        Spill();
        var values = new int[_list.Count];
        _list.MoveTo(values);
        foreach (var value in values)
            take(value);
    }

    private bool TryCount(ReadOnlySpan<int> values)
    {
        if (!_mayCount || (_counts is null && values.Length < FewerThanCounters) || !AreInside(values))
            return false;
        var counts = _counts ??= new int[Span];
        foreach (var value in values)
            counts[(int)(value - _first)] = checked(counts[(int)(value - _first)] + 1);
        return true;
    }

    private bool AreInside(ReadOnlySpan<int> values)
    {
        var outside = false;
        foreach (var value in values)
            outside |= (ulong)(value - _first) >= Span;
        return !outside;
    }

    private NarrowValues<TOrder> Counted<TOrder>(int[] counts, int decimals)
        where TOrder : struct, IOrdered
    {
        var distinct = counts.Length - counts.AsSpan().Count(0);
        var (multiples, upTo) = (new int[distinct], new int[distinct]);
        var (entry, before) = (0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0)
                continue;
            before = checked(before + counts[i]);
            (multiples[entry], upTo[entry++]) = ((int)(_first + i), before);
        }
        return new NarrowValues<TOrder>(multiples, decimals, upTo, distinct);
    }

    private void Spill()
    {
        _mayCount = false;
        if (_counts is not { } counts)
            return;
        _counts = null;
        for (var i = 0; i < counts.Length; i++)
        {
            for (var count = counts[i]; count > 0; count--)
                _list.Add((int)(_first + i));
        }
    }
}
