using System.Buffers.Binary;
using System.IO.Hashing;
using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;

namespace Benchmark.Data.Scanning;

/// <summary>
/// Finds keys that come more than once. The first pass keeps a hash of each; two keys of one hash are only suspects,
/// and a second look at the file compares their bytes.
/// </summary>
/// <param name="columns">The columns of the key.</param>
/// <param name="capacity">How many hashes to have in memory at a time; of more, a part for each reading of the
/// file.</param>
/// <param name="compared">How many suspects to compare; of a file with more, it is known that its key is none.</param>
internal sealed class KeyCheck(
    IReadOnlyList<int> columns, long capacity = KeyCheck.Capacity, int compared = KeyCheck.Compared)
{
    // 96 MiB.
    private const long Capacity = 16 << 20;
    private const int Compared = 1 << 20;

    private readonly KeyHashes _hashes = new(0, capacity);
    private byte[] _key = new byte[64];

    /// <summary>
    /// Known with the duplicates: the keys that came more than once, and how often; perhaps others, too.
    /// </summary>
    public TextCounts Suspected { get; } = new();

    /// <summary>
    /// Known with the duplicates: how many rows have the hash of an earlier row and were not compared, because there
    /// were too many suspects. Rows of a join that doubled them all are such.
    /// </summary>
    public long NotCompared { get; private set; }

    /// <summary>Adds the key of the current row.</summary>
    /// <returns>False when a part of it is NULL: such a row has no key.</returns>
    public bool Add(CsvRows row)
    {
        if (!TryRead(row, out var key))
            return false;
        _hashes.Add(XxHash3.HashToUInt64(key));
        return true;
    }

    /// <summary>Number and line of every row whose key an earlier row has, in file order.</summary>
    public IEnumerable<(long Row, long Line)> Duplicates(string path, SortBuffers buffers, CancellationToken ct)
    {
        var suspects = Suspects(path, buffers, ct);
        if (suspects.Count == 0)
            yield break;
        using var rows = CsvRows.Open(path);
        while (rows.Read())
        {
            ct.ThrowIfCancellationRequested();
            if (IsDuplicate(rows, suspects))
                yield return (rows.Rows, rows.Line);
        }
    }

    private HashSet<ulong> Suspects(string path, SortBuffers buffers, CancellationToken ct)
    {
        HashSet<ulong> suspects = [];
        Suspect(_hashes);
        for (var next = _hashes.End; next < KeyHashes.Parts;)
        {
            var hashes = new KeyHashes(next, capacity);
            using var rows = CsvRows.Open(path);
            while (rows.Read())
            {
                ct.ThrowIfCancellationRequested();
                if (TryRead(rows, out var key))
                    hashes.Add(XxHash3.HashToUInt64(key));
            }
            Suspect(hashes);
            next = hashes.End;
        }
        return suspects;

        void Suspect(KeyHashes hashes)
        {
            foreach (var (hash, times) in hashes.Repeated(buffers))
            {
                if (suspects.Count < compared)
                    suspects.Add(hash);
                else
                    NotCompared += times - 1;
            }
        }
    }

    private bool IsDuplicate(CsvRows row, HashSet<ulong> suspects)
    {
        if (!TryRead(row, out var key) || !suspects.Contains(KeyHashes.Shorten(XxHash3.HashToUInt64(key))))
            return false;
        return Suspected.CountOf(Suspected.Add(key)) > 1;
    }

    private bool TryRead(CsvRows row, out ReadOnlySpan<byte> key)
    {
        key = default;
        if (columns is [var only])
        {
            key = row.Field(only, out var none);
            return !none;
        }
        var length = 0;
        foreach (var column in columns)
        {
            var part = row.Field(column, out var none);
            if (none)
                return false;
            // Each part behind its length: ("ab", "c") is not ("a", "bc").
            if (_key.Length < length + sizeof(int) + part.Length)
                Array.Resize(ref _key, (length + sizeof(int) + part.Length) * 2);
            BinaryPrimitives.WriteInt32LittleEndian(_key.AsSpan(length), part.Length);
            part.CopyTo(_key.AsSpan(length + sizeof(int)));
            length += sizeof(int) + part.Length;
        }
        key = _key.AsSpan(0, length);
        return true;
    }
}
