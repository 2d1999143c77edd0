using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// The values of a column that has few, counted by their spelling, so that each is parsed and judged once. Two columns
/// of three have few, and need no list of all their rows.
/// </summary>
internal sealed class FewValues<TGrammar>
    where TGrammar : struct, IOrderedGrammar
{
    // With more, a list of all rows is faster: the table would leave the cache.
    private const int Limit = 2048;

    // With so many values in fewer than twice as many rows, the column will not have few.
    private const int LeastToDoubt = 256;

    private readonly TextCounts _spellings = new();
    private readonly List<long> _keys = [];
    private readonly List<Breaches> _breaches = [];
    private long _rows;

    /// <summary>How many spellings there are.</summary>
    public int Distinct => _keys.Count;

    /// <summary>How many decimals the short numbers among them have at most.</summary>
    public int Decimals { get; private set; }

    /// <summary>Counts a value whose spelling is known.</summary>
    public bool TryCount(ReadOnlySpan<byte> value, out Breaches breaches)
    {
        var entry = _spellings.CountKnown(value);
        breaches = entry < 0 ? Breaches.None : _breaches[entry];
        _rows += entry < 0 ? 0 : 1;
        return entry >= 0;
    }

    /// <summary>Counts a value whose spelling is new.</summary>
    /// <returns>False when there is no room for it.</returns>
    public bool TryAdd(ReadOnlySpan<byte> value, long key, Breaches breaches)
    {
        if (Distinct == Limit || (Distinct >= LeastToDoubt && Distinct > _rows / 2))
            return false;
        _spellings.Add(value);
        _keys.Add(key);
        _breaches.Add(breaches);
        _rows++;
        if (TGrammar.TryParseShort(value, out var number))
            Decimals = Math.Max(Decimals, number.Decimals);
        return true;
    }

    public ReadOnlySpan<byte> SpellingOf(int entry) => _spellings.BytesOf(entry);

    public long KeyOf(int entry) => _keys[entry];

    public long CountOf(int entry) => _spellings.CountOf(entry);

    /// <summary>The first spelling of a value; null when it is not known.</summary>
    public string? Spelling(long key)
    {
        var entry = _keys.IndexOf(key);
        return entry < 0 ? null : _spellings.TextOf(entry);
    }

    public OrderedValues<TGrammar> Ordered()
    {
        var counts = new long[Distinct];
        for (var entry = 0; entry < counts.Length; entry++)
            counts[entry] = CountOf(entry);
        return OrderedValues<TGrammar>.From([.. _keys], counts);
    }
}
