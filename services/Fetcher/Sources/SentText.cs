using System.Text;
using Benchmark.Data.Totals;

namespace Benchmark.Fetcher.Sources;

/// <summary>
/// A column whose values come as texts that its source has made of them, for which no sum is exact: what was read is
/// compared with the source's texts, and these with its values.
/// </summary>
internal interface ISentAsText
{
    /// <summary>The source's expression for the text of a value.</summary>
    string Text { get; }

    /// <summary>
    /// The source's count of values that their texts do not give back; null where every digit is asked for.
    /// </summary>
    string? Lossy { get; }

    /// <summary>The texts that were read.</summary>
    SentTexts Read { get; }
}

/// <summary>Adds up the digests of texts as they are read.</summary>
internal sealed class SentTexts
{
    private const int Short = 128;

    /// <summary>The sum of <see cref="Measure.TextDigest"/>, modulo 2^64.</summary>
    public ulong Digests { get; private set; }

    public void Add(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= Short ? stackalloc byte[Short] : new byte[most];
        Digests += ControlTotals.DigestOf(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
