namespace Benchmark.Data.Totals;

/// <summary>
/// One number over all values of a column except NULL that both a source and a reader of the file can compute.
/// </summary>
public enum Measure
{
    /// <summary>Sum of whole numbers, exact.</summary>
    WholeSum,

    /// <summary>Sum of decimal numbers, exact, without those that <see cref="NotDecimal"/> counts.</summary>
    DecimalSum,

    /// <summary>How many values of a decimal column are NaN or infinite.</summary>
    NotDecimal,

    /// <summary>
    /// Sum of floating-point numbers from -1e290 to 1e290, within the rounding that adding them up may cause.
    /// </summary>
    FiniteSum,

    /// <summary>
    /// How many floating-point numbers are NaN, infinite or beyond 1e290, where a sum could overflow.
    /// </summary>
    NotFinite,

    /// <summary>Sum of the lengths of texts in Unicode code points.</summary>
    Characters,

    /// <summary>
    /// Sum of the last 64 bits of the MD5 of each text in UTF-8, modulo 2^64: detects changes that keep the length.
    /// </summary>
    TextDigest,

    /// <summary>Sum of the lengths of byte strings.</summary>
    Octets,

    /// <summary>As <see cref="TextDigest"/>, of byte strings.</summary>
    OctetsDigest,

    /// <summary>Sum of days since 1970-01-01.</summary>
    Days,

    /// <summary>Sum of whole microseconds since 1970-01-01T00:00:00Z, each rounded down.</summary>
    Microseconds,

    /// <summary>Sum of whole microseconds since midnight, each rounded down.</summary>
    MicrosecondsOfDay,

    /// <summary>Number of values that are true.</summary>
    Trues,
}
