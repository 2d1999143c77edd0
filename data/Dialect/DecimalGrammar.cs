using System.Globalization;

namespace Benchmark.Data.Dialect;

/// <summary>Exact decimal numbers, without an exponent.</summary>
internal readonly struct DecimalGrammar : IOrderedGrammar
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key)
    {
        key = 0;
        if (!NumberText.TryParsePlain(text, out var value, out var exact))
            return Parsed.Invalid;
        key = NumberGrammar.ToKey(value);
        return exact ? Parsed.Exact : Parsed.Rounded;
    }

    public static bool TryParseShort(ReadOnlySpan<byte> text, out ShortNumber number) =>
        ShortNumber.TryParse(text, out number);

    // Both a text's own digits and this multiple, divided by their powers of ten, round to the double that is nearest.
    public static long KeyOf(int digits, int decimals) => NumberGrammar.ToKey(digits / ShortNumber.Power(decimals));

    public static double ToDouble(long key) => NumberGrammar.ToDouble(key);

    public static string Format(long key, string like)
    {
        var point = like.IndexOf('.');
        var decimals = point < 0 ? 0 : like.Length - point - 1;
        return ToDouble(key).ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => NumberText.ComparePlain(a, b);
}
