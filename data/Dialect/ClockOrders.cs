using System.Globalization;

namespace Benchmark.Data.Dialect;

internal readonly struct DateOrder : IOrdered
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key) =>
        ClockText.TryParseDate(text, out key) ? Parsed.Exact : Parsed.Bad;

    // A day has one spelling, and those of a century have counters.
    public static int Few => 256;

    public static bool TryParseShort(ReadOnlySpan<byte> text, out ShortNumber number)
    {
        var isDate = ClockText.TryParseDate(text, out var days);
        number = new((int)days, 0);
        return isDate;
    }

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
        return string.Create(CultureInfo.InvariantCulture,
            $"{DateTime.UnixEpoch.AddTicks(key):yyyy-MM-dd'T'HH:mm:ss.FFFFFFF}{(zoned ? "Z" : "")}");
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
