using System.Globalization;

namespace Benchmark.Data.Dialect;

/// <summary>Times of day; the key is 100 ns ticks since midnight.</summary>
internal readonly struct TimeGrammar : IOrderedGrammar
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key) =>
        TemporalText.TryParseTime(text, out key) ? Parsed.Exact : Parsed.Invalid;

    public static double ToDouble(long key) => (double)key / TimeSpan.TicksPerSecond;

    public static string Format(long key, string like) =>
        new TimeOnly(key).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
