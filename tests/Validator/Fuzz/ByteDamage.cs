namespace Benchmark.Validator.Tests.Fuzz;

/// <summary>What disks, networks and people do to a file.</summary>
internal static class ByteDamage
{
    private const int LongestPiece = 40;

    private static readonly Func<byte[], Random, byte[]>[] s_kinds = [
        Flip, Overwrite, Delete, Insert, Truncate, Duplicate, Swap];

    /// <summary>The file with one or two damages; never the same bytes.</summary>
    public static byte[] Random(byte[] file, Random random)
    {
        var damaged = file;
        for (var times = random.Next(1, 3); times > 0 || damaged.AsSpan().SequenceEqual(file); times--)
            damaged = damaged.Length == 0
                ? Insert(damaged, random) : s_kinds[random.Next(s_kinds.Length)](damaged, random);
        return damaged;
    }

    private static byte[] Flip(byte[] file, Random random)
    {
        var damaged = file.ToArray();
        damaged[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    private static byte[] Overwrite(byte[] file, Random random)
    {
        var damaged = file.ToArray();
        damaged[random.Next(file.Length)] = Byte(random);
        return damaged;
    }

    private static byte[] Delete(byte[] file, Random random)
    {
        var (start, end) = Piece(file, random);
        return [.. file[..start], .. file[end..]];
    }

    private static byte[] Insert(byte[] file, Random random)
    {
        var at = random.Next(file.Length + 1);
        byte[] piece = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Byte(random))];
        return [.. file[..at], .. piece, .. file[at..]];
    }

    private static byte[] Truncate(byte[] file, Random random) => file[..random.Next(file.Length)];

    private static byte[] Duplicate(byte[] file, Random random)
    {
        var (start, end) = Piece(file, random);
        return [.. file[..end], .. file[start..]];
    }

    private static byte[] Swap(byte[] file, Random random)
    {
        var (start, end) = Piece(file, random);
        var (next, last) = Piece(file[end..], random);
        return [.. file[..start], .. file[(end + next)..(end + last)], .. file[end..(end + next)], .. file[start..end],
            .. file[(end + last)..]];
    }

    private static (int Start, int End) Piece(byte[] file, Random random)
    {
        var start = random.Next(file.Length + 1);
        // Now and then just a row, so that what is left is a table again.
        if (random.Next(4) == 0 && file.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var before
            && file.AsSpan(start + before + 1).IndexOf((byte)'\n') is >= 0 and var row)
            return (start + before + 1, start + before + 1 + row + 1);
        return (start, Math.Min(file.Length, start + random.Next(1, LongestPiece)));
    }

    // What means something to a reader more often than chance would have it.
    private static byte Byte(Random random) =>
        random.Next(3) == 0 ? (byte)random.Next(256) : ",\"\n\r\0 01a.-:TZ\u00c3"u8[random.Next(16)];
}
