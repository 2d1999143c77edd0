using System.Buffers.Binary;
using System.IO.Hashing;
using Benchmark.Validator.Profiling;
using Benchmark.Validator.Reading;

namespace Benchmark.Validator.Scanning;

/// <summary>
/// Finds keys that come more than once. The first pass keeps a 64-bit hash of each; two keys of one hash are only
/// suspects, and a second look at the file compares their bytes.
/// </summary>
internal sealed class KeyCheck(IReadOnlyList<int> columns)
{
    private readonly KeySet _seen = new();
    private readonly HashSet<ulong> _suspects = [];
    private byte[] _key = new byte[64];

    /// <summary>Takes the key of the current row.</summary>
    /// <returns>False when a part of it is NULL: such a row has no key.</returns>
    public bool Add(CsvRows row)
    {
        if (!TryRead(row, out var key))
            return false;
        var hash = XxHash3.HashToUInt64(key);
        if (!_seen.Add(hash))
            _suspects.Add(hash);
        return true;
    }

    /// <summary>Number and line of every row whose key an earlier row has, in file order.</summary>
    public IEnumerable<(long Row, long Line)> Duplicates(string path, CancellationToken ct)
    {
        if (_suspects.Count == 0)
            yield break;
        var known = new TextCounts();
        using var rows = CsvRows.Open(path);
        while (rows.Read())
        {
            ct.ThrowIfCancellationRequested();
            if (IsDuplicate(rows, known))
                yield return (rows.Rows, rows.Line);
        }
    }

    private bool IsDuplicate(CsvRows row, TextCounts known)
    {
        if (!TryRead(row, out var key) || !_suspects.Contains(XxHash3.HashToUInt64(key)))
            return false;
        if (known.Find(key) >= 0)
            return true;
        known.TryAdd(key);
        return false;
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
