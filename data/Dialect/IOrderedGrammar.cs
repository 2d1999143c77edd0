namespace Benchmark.Data.Dialect;

/// <summary>The result of parsing one value.</summary>
internal enum Parsed
{
    /// <summary>It is not a value of the type.</summary>
    Invalid,

    /// <summary>It is NaN.</summary>
    NaN,

    /// <summary>No other value has its key.</summary>
    Exact,

    /// <summary>It has more digits than the key, which other values may share.</summary>
    Rounded,
}

/// <summary>
/// The grammar of a type whose values have an order: each value has a 64-bit key that sorts like the values. A struct
/// per type, so that the code that uses it is compiled for that type; one switch over all types is half as fast.
/// </summary>
internal interface IOrderedGrammar
{
    /// <summary>Parses a value; nothing but the dialect's form is accepted.</summary>
    static abstract Parsed Parse(ReadOnlySpan<byte> text, out long key);

    /// <summary>The number of a key on the scale of bin edges and quantiles; grows with the key.</summary>
    static abstract double ToDouble(long key);

    /// <summary>
    /// Writes the value of a key in the dialect, with as many decimals, and a zone or none, as another value.
    /// </summary>
    static abstract string Format(long key, string like);

    /// <summary>Parses a short number without an exponent, the common case; false for every other text.</summary>
    static virtual bool TryParseShort(ReadOnlySpan<byte> text, out ShortNumber number)
    {
        number = default;
        return false;
    }

    /// <summary>The key of a short number.</summary>
    static virtual long KeyOf(int digits, int decimals) => digits;

    /// <summary>Compares two values that share a key.</summary>
    static virtual int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => 0;
}
