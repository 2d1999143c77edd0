using System.Numerics;
using System.Runtime.CompilerServices;

namespace Benchmark.Data.Dialect;

/// <summary>A number of at most eight digits and no exponent, as most are.</summary>
internal readonly record struct ShortNumber
{
    private const int MaxDigits = 8;

    private static readonly long[] s_powers =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    // One word, because reading two stores as one word stalls the processor.
    private readonly long _both;

    public ShortNumber(int digits, int decimals) => _both = (uint)digits | (long)decimals << 32;

    /// <summary>Its digits, without the point.</summary>
    public int Digits => (int)_both;

    /// <summary>Number of decimals.</summary>
    public int Decimals => (int)(_both >> 32);

    /// <summary>Reads one, by the grammar of <see cref="NumberText"/>; false for every other text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ShortNumber number)
    {
        number = default;
        var negative = !text.IsEmpty && text[0] == (byte)'-';
        if (negative)
            text = text[1..];
        if ((uint)(text.Length - 1) > MaxDigits)
            return false;
        var length = Math.Min(text.Length, MaxDigits);
        var word = EightDigits.Load(text[..length]);
        // A leading zero must be followed by a point.
        var point = EightDigits.Point(word);
        var whole = point == 0 ? text.Length : BitOperations.TrailingZeroCount(point) / 8;
        if (whole == 0 || (whole > 1 && text[0] == (byte)'0') || whole == text.Length - 1)
            return false;
        var decimals = 0;
        if (point != 0)
        {
            decimals = text.Length - 1 - whole;
            word = WithoutByte(word, whole, length < text.Length ? text[^1] : (byte)0);
            length = text.Length - 1;
        }
        else if (length < text.Length)
        {
            return false;
        }
        if (!EightDigits.TryRead(word, length, out var digits))
            return false;
        number = new(negative ? -digits : digits, decimals);
        return true;
    }

    /// <summary>10 to this power.</summary>
    public static double Power(int decimals) => s_powers[decimals];

    /// <summary>The multiple that a number is; false when it is none, or needs more than 4 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryScale(ShortNumber number, int decimals, out int multiple)
    {
        multiple = 0;
        var missing = decimals - number.Decimals;
        if ((uint)missing >= (uint)s_powers.Length)
            return false;
        var scaled = number.Digits * s_powers[missing];
        multiple = (int)scaled;
        return multiple == scaled;
    }

    // What stands behind the byte moves down, the ninth character to the top.
    private static ulong WithoutByte(ulong word, int index, byte ninth)
    {
        var below = (1UL << (index * 8)) - 1;
        return (word & below) | ((word >> 8) & ~below) | (ulong)ninth << 56;
    }
}
