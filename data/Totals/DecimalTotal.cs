using System.Globalization;
using System.Numerics;

namespace Benchmark.Data.Totals;

/// <summary>An exact decimal number of any length: a whole number of units of 10^-scale. 1.50 equals 1.5.</summary>
internal readonly record struct DecimalTotal(BigInteger Units, int Scale)
{
    /// <summary>Reads a total as a source spells it.</summary>
    public static DecimalTotal Parse(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0
            ? new(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), 0)
            : new(BigInteger.Parse(text.Remove(point, 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                text.Length - point - 1);
    }

    /// <summary>The exact sum, at the larger of the two scales.</summary>
    public static DecimalTotal operator +(DecimalTotal left, DecimalTotal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new(left.At(scale) + right.At(scale), scale);
    }

    /// <summary>Whether both are the same number, whatever their scales.</summary>
    public bool Equals(DecimalTotal other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return At(scale) == other.At(scale);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => At(0).GetHashCode();

    /// <summary>The number without an exponent.</summary>
    public override string ToString()
    {
        if (Scale == 0)
            return Units.ToString(CultureInfo.InvariantCulture);
        var digits = BigInteger.Abs(Units).ToString($"D{Scale + 1}", CultureInfo.InvariantCulture);
        return $"{(Units.Sign < 0 ? "-" : "")}{digits[..^Scale]}.{digits[^Scale..]}";
    }

    private BigInteger At(int scale) => scale >= Scale
        ? Units * BigInteger.Pow(10, scale - Scale)
        : Units / BigInteger.Pow(10, Scale - scale);
}

/// <summary>Totals as sources spell them.</summary>
internal static class TotalText
{
    /// <summary>
    /// A number, nothing (zero), or "high:low" with "e-scale" perhaps, where the source's own sum would overflow.
    /// </summary>
    public static DecimalTotal Parse(string? text)
    {
        if (text is null)
            return default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return DecimalTotal.Parse(text);
        var mark = text.IndexOf('e', StringComparison.Ordinal);
        var (high, low) = (
            DecimalTotal.Parse(text[..colon]), DecimalTotal.Parse(text[(colon + 1)..(mark < 0 ? text.Length : mark)]));
        var scale = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 2), NumberStyles.None, CultureInfo.InvariantCulture);
        return new(high.Units * (BigInteger.One << 32) + low.Units, scale);
    }

    /// <summary>A source's total as people read it.</summary>
    public static string Plain(string? text) =>
        text is null ? "0" : text.Contains(':', StringComparison.Ordinal) ? Parse(text).ToString() : text;
}
