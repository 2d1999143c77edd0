using System.Globalization;
using System.Text;
using Benchmark.Contracts.Volume;
using Benchmark.Validator.Reading;

namespace Benchmark.Validator.Profiling;

/// <summary>How reading one value ended.</summary>
internal enum Parsed
{
    /// <summary>It is not of the type.</summary>
    Bad,

    /// <summary>It is NaN.</summary>
    NaN,

    /// <summary>Its key stands for it alone.</summary>
    Exact,

    /// <summary>It has more digits than its key can tell apart.</summary>
    Rounded,
}

/// <summary>
/// A type whose values have an order, each kept as a 64-bit key in that order. A struct per type, so that the column
/// that uses it is compiled for it: one switch over all types costs half the speed.
/// </summary>
internal interface IOrdered
{
    static abstract Parsed Parse(ReadOnlySpan<byte> text, out long key);

    /// <summary>The number that stands for a key in edges and quantiles; grows with the key.</summary>
    static abstract double ToDouble(long key);

    /// <summary>The value of a key as the dialect spells it, with as many decimals or a zone like another value.</summary>
    static abstract string Spell(long key, string like);

    /// <summary>Compares what <see cref="Parsed.Rounded"/> keys cannot.</summary>
    static virtual int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => 0;
}

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

    public static double ToDouble(long key) => NumberOrder.ToDouble(key);

    public static string Spell(long key, string like)
    {
        var point = like.IndexOf('.');
        var decimals = point < 0 ? 0 : like.Length - point - 1;
        return ToDouble(key).ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => NumberText.ComparePlain(a, b);
}

internal readonly struct DateOrder : IOrdered
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key) =>
        ClockText.TryParseDate(text, out key) ? Parsed.Exact : Parsed.Bad;

    public static double ToDouble(long key) => key;

    public static string Spell(long key, string like) =>
        DateTime.UnixEpoch.AddDays(key).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

internal readonly struct TimestampOrder : IOrdered
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key) =>
        ClockText.TryParseTimestamp(text, out key) ? Parsed.Exact : Parsed.Bad;

    public static double ToDouble(long key) => (double)key / TimeSpan.TicksPerSecond;

    public static string Spell(long key, string like)
    {
        var zoned = like.EndsWith('Z') || like.AsSpan(Math.Min(like.Length, 11)).ContainsAny('+', '-');
        var text = DateTime.UnixEpoch.AddTicks(key).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return zoned ? $"{text}Z" : text;
    }
}

internal readonly struct TimeOrder : IOrdered
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key) =>
        ClockText.TryParseTime(text, out key) ? Parsed.Exact : Parsed.Bad;

    public static double ToDouble(long key) => (double)key / TimeSpan.TicksPerSecond;

    public static string Spell(long key, string like) =>
        new TimeOnly(key).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}

/// <summary>Values of a type as the numbers that edges and quantiles are made of.</summary>
internal static class Scale
{
    /// <summary>The number that stands for a value; null when it is not of the type or the type has no order.</summary>
    public static double? Read(ColumnType type, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return type switch
        {
            ColumnType.Integer => Read<IntegerOrder>(utf8),
            ColumnType.Number => Read<NumberOrder>(utf8),
            ColumnType.Decimal => Read<DecimalOrder>(utf8),
            ColumnType.Date => Read<DateOrder>(utf8),
            ColumnType.Timestamp => Read<TimestampOrder>(utf8),
            ColumnType.Time => Read<TimeOrder>(utf8),
            _ => null,
        };
    }

    /// <summary>Whether values of the two types lie on one scale, so that bins of one can count the other.</summary>
    public static bool Comparable(ColumnType a, ColumnType b) => a == b || (IsNumeric(a) && IsNumeric(b));

    public static bool IsNumeric(ColumnType type) =>
        type is ColumnType.Integer or ColumnType.Number or ColumnType.Decimal;

    private static double? Read<TOrder>(ReadOnlySpan<byte> text)
        where TOrder : struct, IOrdered =>
        TOrder.Parse(text, out var key) is Parsed.Exact or Parsed.Rounded ? TOrder.ToDouble(key) : null;
}
