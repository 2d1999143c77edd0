using System.Globalization;

namespace Benchmark.Data.Dialect;

/// <summary>
/// Numbers as the dialect spells them: no white space, no plus, no thousands, no leading zeros, a digit on both
/// sides of a point. This refuses what pandas would read as something else than the source meant.
/// </summary>
internal static class NumberText
{
    // A double holds every integer of 15 digits and every power of ten up to 22 exactly: one division rounds correctly.
    private const int ExactDigits = 15;
    private const int ExactPower = 22;
    // Digits that fit into a ulong without overflow.
    private const int MantissaDigits = 19;

    private static readonly double[] s_powers =
        [.. Enumerable.Range(0, ExactPower + 1).Select(p => double.Parse($"1e{p}", CultureInfo.InvariantCulture))];

    /// <summary>A number, perhaps with an exponent; not NaN and not infinite.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        var end = Scan(text, out var mantissa, out var digits, out var decimals);
        if (end == text.Length && end > 0 && digits <= ExactDigits && decimals <= ExactPower)
        {
            value = Small(text, mantissa, decimals);
            return true;
        }
        return TryParseLong(text, end, out value);
    }

    /// <summary>A number without an exponent.</summary>
    /// <param name="exact">Whether no other number of as many digits rounds to the same double.</param>
    public static bool TryParsePlain(ReadOnlySpan<byte> text, out double value, out bool exact)
    {
        var end = Scan(text, out var mantissa, out var digits, out var decimals);
        exact = digits <= ExactDigits && decimals <= ExactPower;
        value = 0;
        if (end != text.Length || end == 0)
            return false;
        if (!exact)
            return TryParseLong(text, end, out value);
        value = Small(text, mantissa, decimals);
        return true;
    }

    /// <summary>Compares two numbers without an exponent, digit by digit.</summary>
    public static int ComparePlain(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var negative = a[0] == (byte)'-' && !IsZero(a);
        var otherNegative = b[0] == (byte)'-' && !IsZero(b);
        if (negative != otherNegative)
            return negative ? -1 : 1;
        var magnitudes = CompareMagnitudes(a.TrimStart((byte)'-'), b.TrimStart((byte)'-'));
        return negative ? -magnitudes : magnitudes;
    }

    private static double Small(ReadOnlySpan<byte> text, ulong mantissa, int decimals)
    {
        var value = mantissa / s_powers[decimals];
        return text[0] == (byte)'-' ? -value : value;
    }

    // Reads [-]digits[.digits]; returns where it stopped, or 0 when the text does not begin with such a number.
    private static int Scan(ReadOnlySpan<byte> text, out ulong mantissa, out int digits, out int decimals)
    {
        mantissa = 0;
        digits = 0;
        decimals = 0;
        var i = !text.IsEmpty && text[0] == (byte)'-' ? 1 : 0;
        var start = i;
        while (i < text.Length && IsDigit(text[i]))
            Take(text[i++], ref mantissa, ref digits);
        var whole = i - start;
        if (whole == 0 || (whole > 1 && text[start] == (byte)'0'))
            return 0;
        if (i == text.Length || text[i] != (byte)'.')
            return i;

        start = ++i;
        while (i < text.Length && IsDigit(text[i]))
            Take(text[i++], ref mantissa, ref digits);
        decimals = i - start;
        return decimals == 0 ? 0 : i;
    }

    private static void Take(byte digit, ref ulong mantissa, ref int digits)
    {
        // Leading zeros are not significant; past 19 digits only their number matters.
        if (digits == 0 && digit == (byte)'0')
            return;
        if (digits++ < MantissaDigits)
            mantissa = mantissa * 10 + (ulong)(digit - '0');
    }

    // Long numbers and exponents are rare, so the framework parses them; it rounds correctly.
    private static bool TryParseLong(ReadOnlySpan<byte> text, int end, out double value)
    {
        value = 0;
        if (end == 0 || (end < text.Length && !IsExponent(text[end..])))
            return false;
        const NumberStyles styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, styles, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'e' or (byte)'E'))
            return false;
        text = text[1..];
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-')
            text = text[1..];
        return !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool IsZero(ReadOnlySpan<byte> text) => !text.ContainsAnyInRange((byte)'1', (byte)'9');

    private static int CompareMagnitudes(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var (wholeA, fractionA) = Split(a);
        var (wholeB, fractionB) = Split(b);
        if (wholeA.Length != wholeB.Length)
            return wholeA.Length.CompareTo(wholeB.Length);
        var whole = wholeA.SequenceCompareTo(wholeB);
        return whole != 0 ? whole : fractionA.TrimEnd((byte)'0').SequenceCompareTo(fractionB.TrimEnd((byte)'0'));
    }

    private static Halves Split(ReadOnlySpan<byte> text)
    {
        var point = text.IndexOf((byte)'.');
        return point < 0 ? new Halves(text, default) : new Halves(text[..point], text[(point + 1)..]);
    }

    private static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    private readonly ref struct Halves(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction)
    {
        private readonly ReadOnlySpan<byte> _whole = whole;
        private readonly ReadOnlySpan<byte> _fraction = fraction;

        public void Deconstruct(out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second)
        {
            first = _whole;
            second = _fraction;
        }
    }
}
