namespace Benchmark.Data.Totals;

/// <summary>
/// One number over all values of a column except NULL that both a source and a reader of the file can compute.
/// </summary>
public enum Measure
{
    /// <summary>Sum of whole numbers, exact; spelt as <see cref="TotalText"/> reads it.</summary>
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

/// <summary>The measures of each column type, and their names in messages.</summary>
public static class Measures
{
    /// <summary>The range in which floating-point numbers are added up.</summary>
    public const double Summable = 1e290;

    /// <summary>The measures of a column of this type.</summary>
    public static IReadOnlyList<Measure> Of(ColumnType type) => type switch
    {
        ColumnType.Integer => [Measure.WholeSum],
        ColumnType.Decimal => [Measure.DecimalSum, Measure.NotDecimal],
        ColumnType.Number => [Measure.FiniteSum, Measure.NotFinite],
        ColumnType.Bytes => [Measure.Octets, Measure.OctetsDigest],
        ColumnType.Date => [Measure.Days],
        ColumnType.Timestamp => [Measure.Microseconds],
        ColumnType.Time => [Measure.MicrosecondsOfDay],
        ColumnType.Boolean => [Measure.Trues],
        _ => [Measure.Characters, Measure.TextDigest],
    };

    /// <summary>The name in a message.</summary>
    public static string Words(this Measure measure) => measure switch
    {
        Measure.WholeSum or Measure.DecimalSum or Measure.FiniteSum => "sum",
        Measure.NotDecimal or Measure.NotFinite => "number of values that cannot be added up",
        Measure.Characters => "sum of text lengths",
        Measure.Octets => "sum of lengths in bytes",
        Measure.TextDigest or Measure.OctetsDigest => "sum of digests",
        Measure.Days => "sum of days",
        Measure.Microseconds or Measure.MicrosecondsOfDay => "sum of microseconds",
        _ => "number of true values",
    };
}
