
namespace Benchmark.Data.Dialect;

/// <summary>How reading one value ended.</summary>
internal enum Parsed
{
    /// <summary>It is not of the type.</summary>
    Bad,

    /// <summary>It is NaN.</summary>
    NaN,

    /// <summary>Its key stands for it alone.</summary>
    Exact,

    /// <summary>It has more digits than its key can tell apart.</summary>
    Rounded,
}

/// <summary>
/// A type whose values have an order, each kept as a 64-bit key in that order. A struct per type, so that the column
/// that uses it is compiled for it: one switch over all types costs half the speed.
/// </summary>
internal interface IOrdered
{
    static abstract Parsed Parse(ReadOnlySpan<byte> text, out long key);

    /// <summary>The number that stands for a key in edges and quantiles; grows with the key.</summary>
    static abstract double ToDouble(long key);

    /// <summary>The value of a key as the dialect spells it, with decimals and zone like another value's.</summary>
    static abstract string Spell(long key, string like);

    /// <summary>How many distinct values are counted in a table, and known as they are spelled.</summary>
    // With more, a list of all rows is faster: the table would leave the cache.
    static virtual int Few => 2048;

    /// <summary>Reads the short spelling of a number, as most are; false for every other text.</summary>
    static virtual bool TryParseShort(ReadOnlySpan<byte> text, out ShortNumber number)
    {
        number = default;
        return false;
    }

    /// <summary>The key of a short number.</summary>
    static virtual long KeyOf(int digits, int decimals) => digits;

    /// <summary>Compares what <see cref="Parsed.Rounded"/> keys cannot.</summary>
    static virtual int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => 0;
}
