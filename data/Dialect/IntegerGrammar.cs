using System.Globalization;

namespace Benchmark.Data.Dialect;

/// <summary>Whole numbers of any size: no plus, no leading zeros.</summary>
internal readonly struct IntegerGrammar : IOrderedGrammar
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
            return Parsed.Invalid;
        if (digits.Length > DirectDigits)
            return ParseLong(text, digits, out key);
        foreach (var b in digits)
        {
            var digit = b - '0';
            if ((uint)digit > 9)
                return Parsed.Invalid;
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

    public static string Format(long key, string like) => key is > -Direct and < Direct
        ? key.ToString(CultureInfo.InvariantCulture)
        : ToDouble(key).ToString("F0", CultureInfo.InvariantCulture);

    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => NumberText.ComparePlain(a, b);

    private static Parsed ParseLong(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits, out long key)
    {
        key = 0;
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return Parsed.Invalid;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value is > -Direct and < Direct)
        {
            key = value;
            return Parsed.Exact;
        }
        if (!double.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var magnitude)
            || double.IsInfinity(magnitude))
        {
            return Parsed.Invalid;
        }
        key = Direct + (BitConverter.DoubleToInt64Bits(magnitude) - s_directBits);
        key = text[0] == (byte)'-' ? -key : key;
        return Parsed.Rounded;
    }
}
