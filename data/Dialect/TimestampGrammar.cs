using System.Globalization;

namespace Benchmark.Data.Dialect;

/// <summary>Timestamps; the key is 100 ns ticks since 1970-01-01T00:00:00Z. One without a zone counts as UTC.</summary>
internal readonly struct TimestampGrammar : IOrderedGrammar
{
    public static Parsed Parse(ReadOnlySpan<byte> text, out long key) =>
        TemporalText.TryParseTimestamp(text, out key) ? Parsed.Exact : Parsed.Invalid;

    public static double ToDouble(long key) => (double)key / TimeSpan.TicksPerSecond;

    public static string Format(long key, string like)
    {
        var zoned = like.EndsWith('Z') || like.AsSpan(Math.Min(like.Length, 11)).ContainsAny('+', '-');
        return string.Create(CultureInfo.InvariantCulture,
            $"{DateTime.UnixEpoch.AddTicks(key):yyyy-MM-dd'T'HH:mm:ss.FFFFFFF}{(zoned ? "Z" : "")}");
    }
}
