using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Benchmark.Data.Totals;

/// <summary>
/// The last 64 bits of an MD5, which Snowflake, PostgreSQL and DuckDB can also compute; not for security.
/// </summary>
internal static class Digest
{
    /// <summary>The digest of a text in UTF-8, or of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(value, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
    }

    /// <summary>Whether a source's sum of digests, modulo 2^64, is ours; a source without values gives null.</summary>
    public static bool Same(ulong ours, string? theirs)
    {
        var modulus = BigInteger.One << 64;
        var rest = TotalText.Parse(theirs).Units % modulus;
        return ours == (ulong)(rest.Sign < 0 ? rest + modulus : rest);
    }
}

/// <summary>
/// Caches the digests of texts that repeat, as most columns do: a digest costs more than everything else about a
/// text.
/// </summary>
internal sealed class DigestsOfFew
{
    private const int Places = 256;
    private const int Longest = 64;

    private readonly (byte[]? Text, ulong Digest)[] _known = new (byte[]?, ulong)[Places];

    public ulong Of(ReadOnlySpan<byte> text)
    {
        if (text.Length > Longest)
            return Digest.Of(text);
        var hash = new HashCode();
        hash.AddBytes(text);
        ref var known = ref _known[hash.ToHashCode() & (Places - 1)];
        if (known.Text is { } same && text.SequenceEqual(same))
            return known.Digest;
        var digest = Digest.Of(text);
        // Entries are never replaced, or a column of distinct texts would copy each of them.
        if (known.Text is null)
            known = (text.ToArray(), digest);
        return digest;
    }
}
