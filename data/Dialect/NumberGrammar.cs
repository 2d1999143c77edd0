using System.Globalization;

namespace Benchmark.Data.Dialect;

/// <summary>Floating-point numbers, perhaps with an exponent; NaN, Infinity and -Infinity.</summary>
internal readonly struct NumberGrammar : IOrderedGrammar
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key)
    {
        if (!NumberText.TryParse(text, out var value))
            return ParseWord(text, out key);
        key = ToKey(value);
        return Parsed.Exact;
    }

    public static bool TryParseShort(ReadOnlySpan<byte> text, out ShortNumber number) =>
        ShortNumber.TryParse(text, out number);

    // Both a text's own digits and this multiple, divided by their powers of ten, round to the double that is nearest.
    public static long KeyOf(int digits, int decimals) => ToKey(digits / ShortNumber.Power(decimals));

    // Flipping a negative's other bits puts the bit patterns in the order of the numbers; −0 equals 0.
    public static long ToKey(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value);
        return bits ^ ((bits >> 63) & long.MaxValue);
    }

    public static double ToDouble(long key) => BitConverter.Int64BitsToDouble(key ^ ((key >> 63) & long.MaxValue));

    public static string Format(long key, string like)
    {
        var text = ToDouble(key).ToString("R", CultureInfo.InvariantCulture);
        // The framework turns to an exponent one decimal earlier than the dialect does.
        if (!text.EndsWith("E-06", StringComparison.Ordinal))
            return text;
        var digits = text[..^4].Replace(".", "", StringComparison.Ordinal);
        return digits[0] == '-' ? $"-0.00000{digits[1..]}" : $"0.00000{digits}";
    }

    private static Parsed ParseWord(ReadOnlySpan<byte> text, out long key)
    {
        key = 0;
        if (text.SequenceEqual("NaN"u8))
            return Parsed.NaN;
        if (text.SequenceEqual("Infinity"u8))
            key = ToKey(double.PositiveInfinity);
        else if (text.SequenceEqual("-Infinity"u8))
            key = ToKey(double.NegativeInfinity);
        else
            return Parsed.Invalid;
        return Parsed.Exact;
    }
}
