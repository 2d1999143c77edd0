using System.Globalization;

namespace Benchmark.Data.Dialect;

internal readonly struct IntegerOrder : IOrdered
{
    // Up to here a key is the value; beyond, the bits of the nearest double follow, in order.
    private const long Direct = 1L << 62;
    private const int DirectDigits = 18;

    private static readonly long s_directBits = BitConverter.DoubleToInt64Bits(Direct);

    public static Parsed Parse(ReadOnlySpan<byte> text, out long key)
    {
        key = 0;
        var negative = !text.IsEmpty && text[0] == (byte)'-';
        var digits = negative ? text[1..] : text;
        if (digits.IsEmpty || (digits.Length > 1 && digits[0] == (byte)'0'))
            return Parsed.Bad;
        if (digits.Length > DirectDigits)
            return ParseLong(text, digits, out key);
        foreach (var b in digits)
        {
            var digit = b - '0';
            if ((uint)digit > 9)
                return Parsed.Bad;
            key = key * 10 + digit;
        }
        key = negative ? -key : key;
        return Parsed.Exact;
    }

    public static bool TryParseShort(ReadOnlySpan<byte> text, out ShortNumber number) =>
        ShortNumber.TryParse(text, out number) && number.Decimals == 0;

    public static double ToDouble(long key) => key switch
    {
        >= Direct => BitConverter.Int64BitsToDouble(key - Direct + s_directBits),
        <= -Direct => -BitConverter.Int64BitsToDouble(-key - Direct + s_directBits),
        _ => key,
    };

    public static string Spell(long key, string like) => key is > -Direct and < Direct
        ? key.ToString(CultureInfo.InvariantCulture)
        : ToDouble(key).ToString("F0", CultureInfo.InvariantCulture);

    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => NumberText.ComparePlain(a, b);

    private static Parsed ParseLong(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits, out long key)
    {
        key = 0;
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return Parsed.Bad;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value is > -Direct and < Direct)
        {
            key = value;
            return Parsed.Exact;
        }
        if (!double.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var magnitude)
            || double.IsInfinity(magnitude))
        {
            return Parsed.Bad;
        }
        key = Direct + (BitConverter.DoubleToInt64Bits(magnitude) - s_directBits);
        key = text[0] == (byte)'-' ? -key : key;
        return Parsed.Rounded;
    }
}

internal readonly struct NumberOrder : IOrdered
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

    public static string Spell(long key, string like)
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
            return Parsed.Bad;
        return Parsed.Exact;
    }
}

internal readonly struct DecimalOrder : IOrdered
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key)
    {
        key = 0;
        if (!NumberText.TryParsePlain(text, out var value, out var exact))
            return Parsed.Bad;
        key = NumberOrder.ToKey(value);
        return exact ? Parsed.Exact : Parsed.Rounded;
    }

    public static bool TryParseShort(ReadOnlySpan<byte> text, out ShortNumber number) =>
        ShortNumber.TryParse(text, out number);

    // Both a text's own digits and this multiple, divided by their powers of ten, round to the double that is nearest.
    public static long KeyOf(int digits, int decimals) => NumberOrder.ToKey(digits / ShortNumber.Power(decimals));

    public static double ToDouble(long key) => NumberOrder.ToDouble(key);

    public static string Spell(long key, string like)
    {
        var point = like.IndexOf('.');
        var decimals = point < 0 ? 0 : like.Length - point - 1;
        return ToDouble(key).ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => NumberText.ComparePlain(a, b);
}
