using System.Globalization;

namespace Benchmark.Data.Dialect;

/// <summary>Dates as <c>yyyy-MM-dd</c>; the key is days since 1970-01-01.</summary>
internal readonly struct DateGrammar : IOrderedGrammar
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key) =>
        TemporalText.TryParseDate(text, out key) ? Parsed.Exact : Parsed.Invalid;

    public static bool TryParseShort(ReadOnlySpan<byte> text, out ShortNumber number)
    {
        var isDate = TemporalText.TryParseDate(text, out var days);
        number = new((int)days, 0);
        return isDate;
    }

    public static double ToDouble(long key) => key;

    public static string Format(long key, string like) =>
        DateTime.UnixEpoch.AddDays(key).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
