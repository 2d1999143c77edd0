using System.Globalization;
using System.Numerics;
using System.Text;
using Benchmark.Data;

namespace Benchmark.Tests.Support.Fuzz;

/// <summary>
/// What a field means, read by the framework and not by the product: a whole number, a double, ticks, days or a text,
/// each equal and in order as the profile counts and orders it.
/// </summary>
public static class FuzzValue
{
    /// <summary>Decimals that a decimal is counted in units of: more than any here has.</summary>
    public const int Scale = 200;

    /// <summary>The order of values of one type; of texts, that of their UTF-8 bytes.</summary>
    public static Comparer<object> Order { get; } = Comparer<object>.Create((a, b) => a is string text
        ? Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes((string)b))
        : Comparer<object>.Default.Compare(a, b));

    /// <summary>Reads a field that is not NULL.</summary>
    /// <exception cref="FormatException">It is not of the type.</exception>
    public static object Read(ColumnType type, string text) => type switch
    {
        ColumnType.Integer => BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        ColumnType.Number => double.Parse(text, CultureInfo.InvariantCulture),
        ColumnType.Decimal => Decimal(text),
        ColumnType.Date => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber,
        ColumnType.Timestamp => Timestamp(text),
        ColumnType.Time => Time(text),
        ColumnType.Boolean => text is "true" or "false" ? text : throw new FormatException($"{text} is no boolean."),
        ColumnType.Bytes => Convert.ToBase64String(Convert.FromBase64String(text)).Length == text.Length
            ? text
            : throw new FormatException("White space in base64."),
        _ => text,
    };

    /// <summary>A decimal as a whole number of units.</summary>
    private static BigInteger Decimal(string text)
    {
        var point = text.IndexOf('.');
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        var units = BigInteger.Parse(
            text.Replace(".", ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return units * BigInteger.Pow(10, Scale - decimals);
    }

    private static long Time(string text) =>
        TimeOnly.ParseExact(text, "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture).Ticks;

    private static long Timestamp(string text)
    {
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        return DateTimeOffset.ParseExact(
            text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks;
    }
}
