using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// The values of a column that has many: all of them, 4 bytes each while all are short numbers and 8 once one is not; a
/// summary when there is no memory for that.
/// </summary>
/// <param name="decimals">Short numbers are kept as multiples of this power of a tenth.</param>
/// <param name="memory">What all columns share.</param>
internal sealed class ManyValues<TGrammar>(int decimals, MemoryBudget memory)
    where TGrammar : struct, IOrderedGrammar
{
    private readonly ValueList<int> _multiples = new(memory);
    private readonly ValueList<long> _keys = new(memory);

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
    public OrderedValues<TGrammar> Ordered(Sorter sorter)
    {
        if (Summary is not null)
        {
            Summarise();
            return Summary.Ordered();
        }
        sorter.Start(_multiples.Count + _keys.Count);
        _multiples.Drain(block =>
        {
            foreach (var multiple in block)
                sorter.Add(multiple);
        });
        _keys.Drain(block =>
        {
            foreach (var key in block)
                sorter.Add(key);
        });
        var sorted = sorter.Sort();
        if (AreShort)
        {
            // Multiples are in the order of their keys, and differ in fewer bits, by which they are sorted faster.
            foreach (ref var value in sorted.Values.AsSpan(0, sorted.Count))
                value = TGrammar.KeyOf((int)value, decimals);
        }
        return new(sorted);
    }

    private void Add(int multiple)
    {
        if (_multiples.TryAdd(multiple))
            return;
        Summarise();
        _multiples.TryAdd(multiple);
    }

    private void Add(long key)
    {
        if (_keys.TryAdd(key))
            return;
        Summarise();
        _keys.TryAdd(key);
    }

    private void Widen()
    {
        AreShort = false;
        _multiples.Drain(block =>
        {
            foreach (var multiple in block)
                Add(TGrammar.KeyOf(multiple, decimals));
        });
    }

    // Only one list has values, but for the moment in which a column widens.
    private void Summarise()
    {
        var summary = Summary ??= new ValueSummary<TGrammar>();
        _multiples.Drain(block =>
        {
            foreach (var multiple in block)
                summary.Add(TGrammar.KeyOf(multiple, decimals));
        });
        _keys.Drain(block =>
        {
            foreach (var key in block)
                summary.Add(key);
        });
    }
}
