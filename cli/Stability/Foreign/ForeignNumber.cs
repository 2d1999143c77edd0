using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Benchmark.Cli.Stability.Foreign;

/// <summary>Numbers as other tools write them, and their spelling in the dialect.</summary>
internal static class ForeignNumber
{
    private const int LongestThousands = 3;

    /// <summary>The form of a number; <see cref="Form.Text"/> for every other text.</summary>
    /// <remarks>A text of digits that begins with 0 is a code, such as a postcode, and no number.</remarks>
    public static Form FormOf(ReadOnlySpan<byte> text)
    {
        var i = text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        var start = i;
        i = SkipDigits(text, i);
        var whole = i - start;
        if (whole > 1 && text[start] == (byte)'0')
            return Form.Text;
        if (i == text.Length)
            return whole > 0 ? Form.Integer : Form.Text;

        byte mark = 0;
        var fraction = 0;
        if (text[i] is (byte)'.' or (byte)',')
        {
            mark = text[i++];
            var begin = i;
            i = SkipDigits(text, i);
            fraction = i - begin;
        }
        if (whole + fraction == 0)
            return Form.Text;
        if (i < text.Length)
            return IsExponent(text[i..]) && IsFinite(text) ? OfMark(mark, mayBeThousands: false) : Form.Text;
        return OfMark(
            mark,
            fraction == LongestThousands && whole is >= 1 and <= LongestThousands && text[start] != (byte)'0');
    }

    /// <summary>Whether the dialect spells a number so: no plus, digits on both sides of a point.</summary>
    public static bool IsSpelled(ReadOnlySpan<byte> number) =>
        char.IsAsciiDigit((char)number[^1]) && char.IsAsciiDigit((char)number[number[0] == (byte)'-' ? 1 : 0])
        && !(number.IndexOfAny((byte)'e', (byte)'E') is > 0 and var exponent && number[exponent - 1] == (byte)'.')
        && !number.Contains((byte)',');

    /// <summary>
    /// Spells a number in the dialect: no plus, a point, digits on both sides of it.
    /// </summary>
    /// <param name="text">A text whose form is a number.</param>
    /// <param name="room">At least two bytes longer than the text.</param>
    public static ReadOnlySpan<byte> Spell(ReadOnlySpan<byte> text, byte[] room)
    {
        var length = 0;
        var afterDigit = false;
        for (var i = text[0] == (byte)'+' ? 1 : 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b is (byte)'.' or (byte)',')
            {
                if (!afterDigit)
                    room[length++] = (byte)'0';
                var fractionFollows = i + 1 < text.Length && char.IsAsciiDigit((char)text[i + 1]);
                if (fractionFollows)
                    room[length++] = (byte)'.';
                continue;
            }
            room[length++] = b;
            afterDigit = char.IsAsciiDigit((char)b);
        }
        return room.AsSpan(0, length);
    }

    /// <summary>
    /// Reads a number with thousands, a currency, a percent sign or accounting's parentheses.
    /// </summary>
    /// <param name="comma">Whether the comma is the decimal mark; the point then separates thousands.</param>
    public static bool TryReadDecorated(ReadOnlySpan<byte> field, bool comma, out double value)
    {
        value = 0;
        var text = Encoding.UTF8.GetString(field).Trim();
        var negative = text is ['(', .., ')'];
        text = text.Trim('(', ')');
        var percent = text.EndsWith('%');
        text = text.TrimEnd('%').Trim(' ', '\u00A0', '$', '€', '£', '¥');
        if (text is [.., ' ' or '\u00A0', _, _, _] && text[^3..].All(char.IsAsciiLetterUpper))
            text = text[..^4].TrimEnd();
        if (text is ['+' or '-', ..])
        {
            negative ^= text[0] == '-';
            text = text[1..].TrimStart(' ', '\u00A0', '$', '€', '£', '¥');
        }
        if (!TryUngroup(text, comma, out var plain)
            || !double.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
            return false;
        value = (negative ? -value : value) / (percent ? 100 : 1);
        return double.IsFinite(value);
    }

    /// <summary>Spells the number of a double in the dialect.</summary>
    public static ReadOnlySpan<byte> Spell(double value, byte[] room)
    {
        var text = value.ToString(
            value == Math.Floor(value) && Math.Abs(value) < 1e15 ? "F0" : "R", CultureInfo.InvariantCulture);
        return room.AsSpan(0, Encoding.UTF8.GetBytes(text, room));
    }

    // Thousands come in threes, all with one separator, and a decimal mark only behind them.
    private static bool TryUngroup(string text, bool comma, out string plain)
    {
        plain = "";
        var (mark, other) = comma ? (',', '.') : ('.', ',');
        var parts = text.Split(mark);
        if (parts.Length > 2 || text.Length == 0 || !char.IsAsciiDigit(text[0]))
            return false;
        var separators = parts[0].Where(c => !char.IsAsciiDigit(c)).Distinct().ToList();
        if (separators.Count > 1 || (separators is [var separator]
            && separator != other && separator is not (' ' or '\u00A0' or '\u202F' or '\'' or '’')))
            return false;
        var groups = separators.Count == 0 ? [parts[0]] : parts[0].Split(separators[0]);
        if (groups.Length > 1
            && (groups[0].Length is 0 or > LongestThousands || groups.Skip(1).Any(g => g.Length != LongestThousands)))
            return false;
        if (parts.Length == 2 && !parts[1].All(char.IsAsciiDigit))
            return false;
        plain = string.Concat(groups) + (parts is [_, { Length: > 0 } fraction] ? $".{fraction}" : "");
        return true;
    }

    private static Form OfMark(byte mark, bool mayBeThousands) => mark switch
    {
        0 => Form.Scientific,
        (byte)'.' => mayBeThousands ? Form.PointOrThousands : Form.PointNumber,
        _ => mayBeThousands ? Form.CommaOrThousands : Form.CommaNumber,
    };

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'e' or (byte)'E'))
            return false;
        text = text[1..];
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-')
            text = text[1..];
        return !text.IsEmpty && SkipDigits(text, 0) == text.Length;
    }

    private static bool IsFinite(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)','))
            return Utf8Parser.TryParse(text, out double value, out _) && double.IsFinite(value);
        var point = Encoding.UTF8.GetString(text).Replace(',', '.');
        return double.TryParse(point, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
            && double.IsFinite(parsed);
    }

    private static int SkipDigits(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length && (uint)(text[from] - '0') <= 9)
            from++;
        return from;
    }
}
