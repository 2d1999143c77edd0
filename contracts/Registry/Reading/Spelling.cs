using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using Benchmark.Data;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>How values of each column type are spelt in the CSV, and which of two is less.</summary>
internal sealed record Spelling(string Form, Func<string, string, int?> Compare)
{
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    private static readonly Spelling s_integer = new("a whole number", Order(text =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, s_invariant, out var value) ? value : (BigInteger?)null));

    private static readonly Spelling s_number = new("a number", Order(text =>
        double.TryParse(text, NumberStyles.Float, s_invariant, out var value) && double.IsFinite(value) ? value : (double?)null));

    private static readonly Spelling s_date = new("a date (yyyy-MM-dd)", Order(text =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", s_invariant, DateTimeStyles.None, out var value) ? value : (DateOnly?)null));

    private static readonly Spelling s_timestamp = new("a timestamp (yyyy-MM-ddTHH:mm:ss)", Order(text =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", s_invariant, DateTimeStyles.AssumeUniversal, out var value)
            ? value : (DateTimeOffset?)null));

    private static readonly Spelling s_time = new("a time (HH:mm:ss)", Order(text =>
        TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFFF", s_invariant, DateTimeStyles.None, out var value) ? value : (TimeOnly?)null));

    /// <summary>The spellings of a type that has an order, any of them when the type is left to the source.</summary>
    public static IReadOnlyList<Spelling> Ordered(ColumnType? type) => type switch
    {
        null => [s_integer, s_number, s_date, s_timestamp, s_time],
        ColumnType.Integer => [s_integer],
        // Doubles suffice to tell the order of two limits; what is kept is the text.
        ColumnType.Number or ColumnType.Decimal => [s_number],
        ColumnType.Date => [s_date],
        ColumnType.Timestamp => [s_timestamp],
        ColumnType.Time => [s_time],
        _ => [],
    };

    /// <summary>Whether a value of the type may be spelt so.</summary>
    public static bool Fits(ColumnType type, string text) => type switch
    {
        ColumnType.String => true,
        ColumnType.Boolean => text is "true" or "false",
        ColumnType.Bytes => Base64.IsValid(text),
        ColumnType.Number => text is "NaN" or "Infinity" or "-Infinity" || s_number.Reads(text),
        _ => Ordered(type)[0].Reads(text),
    };

    public bool Reads(string text) => Compare(text, text) is not null;

    private static Func<string, string, int?> Order<T>(Func<string, T?> read)
        where T : struct, IComparable<T> =>
        (a, b) => read(a) is { } first && read(b) is { } second ? first.CompareTo(second) : null;
}
