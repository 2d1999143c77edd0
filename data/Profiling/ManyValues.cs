using System.Numerics;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// The values of a column that has many: a list of them, 4 bytes each while all are short numbers and 8 once one is
/// not. Short numbers of a small range are counted instead; where there is no memory, a summary is kept.
/// </summary>
/// <param name="decimals">Short numbers are kept as multiples of this power of a tenth.</param>
/// <param name="memory">What all columns share.</param>
internal sealed class ManyValues<TGrammar>(int decimals, MemoryBudget memory)
    where TGrammar : struct, IOrderedGrammar
{
    // With fewer values a list is small enough.
    private const int LeastToCount = 1 << 15;
    // Counters may take so many times the memory of the list, which would soon outgrow them.
    private const int LongestRange = 4;

    private readonly ValueList<int> _multiples = new(memory, Sorter<int>.BytesPerValue);
    private readonly ValueList<long> _keys = new(memory, Sorter<long>.BytesPerValue);

    private CountedRange? _counted;
    private bool _rangeTried;

    /// <summary>The values of a table that has no room for more.</summary>
    public static ManyValues<TGrammar> From(FewValues<TGrammar> few, MemoryBudget memory)
    {
        // Later values with more decimals are kept as keys: nearly every column shows all of its decimals early.
        var many = new ManyValues<TGrammar>(few.Decimals, memory);
        for (var entry = 0; entry < few.Distinct; entry++)
            many.Add(few.SpellingOf(entry), few.KeyOf(entry), few.CountOf(entry));
        return many;
    }

    /// <summary>The power of ten that short numbers are multiples of.</summary>
    public int Decimals => decimals;

    /// <summary>Whether all values so far are short numbers.</summary>
    public bool AreShort { get; private set; } = true;

    /// <summary>What is kept instead of the values; null while all of them are kept.</summary>
    public ValueSummary<TGrammar>? Summary { get; private set; }

    /// <summary>Adds a short number while all values are; false for one that is no such multiple.</summary>
    public bool TryAdd(ShortNumber number, out int multiple)
    {
        if (!ShortNumber.TryScale(number, decimals, out multiple))
            return false;
        Add(multiple);
        return true;
    }

    public void Add(ReadOnlySpan<byte> value, long key, long times = 1)
    {
        var multiple = 0;
        if (AreShort
            && !(TGrammar.TryParseShort(value, out var number) && ShortNumber.TryScale(number, decimals, out multiple)))
        {
            Widen();
        }
        for (; times > 0; times--)
        {
            if (AreShort)
                Add(multiple);
            else
                Add(key);
        }
    }

    /// <summary>All values in order. Empties the lists.</summary>
    public OrderedValues<TGrammar> Ordered(SortBuffers buffers)
    {
        if (Summary is not null)
        {
            Summarise();
            return Summary.Ordered();
        }
        return AreShort
            ? new(SortedMultiples(buffers.Multiples), decimals)
            : new(Sorted(_keys, buffers.Keys));
    }

    private DistinctValues<int> SortedMultiples(Sorter<int> sorter)
    {
        if (_counted is not { } counted)
            return Sorted(_multiples, sorter);
        sorter.Start(_multiples.Count);
        _multiples.Drain(block =>
        {
            foreach (var multiple in block)
            {
                if (!counted.TryAdd(multiple))
                    sorter.Add(multiple);
            }
        });
        return counted.Join(sorter.Sort());
    }

    private static DistinctValues<T> Sorted<T>(ValueList<T> list, Sorter<T> sorter)
        where T : unmanaged, IBinaryInteger<T>
    {
        sorter.Start(list.Count);
        list.Drain(block =>
        {
            foreach (var value in block)
                sorter.Add(value);
        });
        return sorter.Sort();
    }

    private void Add(int multiple)
    {
        if (_multiples.TryAdd(multiple))
            return;
        CountMultiples();
        if (_multiples.TryAdd(multiple))
            return;
        if (!_multiples.TryGrow())
            Summarise();
        _multiples.TryAdd(multiple);
    }

    private void Add(long key)
    {
        if (_keys.TryAdd(key))
            return;
        if (!_keys.TryGrow())
            Summarise();
        _keys.TryAdd(key);
    }

    // Makes room in the list by counting what it holds, where the range of that is small.
    private void CountMultiples()
    {
        if (Summary is not null)
            return;
        if (!_rangeTried && _multiples.Count >= LeastToCount)
        {
            _rangeTried = true;
            _counted = Range();
        }
        else if (!_multiples.IsOneBlock)
        {
            // So many are outside the range that they are a list of their own.
            return;
        }
        if (_counted is not { } counted)
            return;
        _multiples.Drain(block =>
        {
            foreach (var multiple in block)
            {
                // The others are put back where they were read before.
                if (!counted.TryAdd(multiple))
                    _multiples.TryAdd(multiple);
            }
        });
    }

    // The range of all values in the list; null when it is too long to count.
    private CountedRange? Range()
    {
        var (least, greatest) = (int.MaxValue, int.MinValue);
        _multiples.ForEach(multiple => (least, greatest) = (Math.Min(least, multiple), Math.Max(greatest, multiple)));
        var range = CountedRange.Around(least, greatest, longest: LongestRange * _multiples.Count);
        return range is not null && memory.TryReserve(range.Bytes) ? range : null;
    }

    private void Widen()
    {
        AreShort = false;
        MoveMultiples(Add);
    }

    // Only one list has values, but for the moment in which a column widens.
    private void Summarise()
    {
        var summary = Summary ??= new ValueSummary<TGrammar>();
        MoveMultiples(summary.Add);
        _keys.Drain(block =>
        {
            foreach (var key in block)
                summary.Add(key);
        });
    }

    // Gives up the short numbers, and adds the key of each elsewhere.
    private void MoveMultiples(Action<long> add)
    {
        _multiples.Drain(block =>
        {
            foreach (var multiple in block)
                add(TGrammar.KeyOf(multiple, decimals));
        });
        if (_counted is not { } counted)
            return;
        _counted = null;
        memory.Release(counted.Bytes);
        counted.ForEach((multiple, times) =>
        {
            var key = TGrammar.KeyOf(multiple, decimals);
            for (; times > 0; times--)
                add(key);
        });
    }
}
