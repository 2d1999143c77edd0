using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Reading;

/// <summary>Inspects a file's bytes: SHA-256, length, encoding, line ends. Knows nothing of fields or quotes.</summary>
internal sealed class ByteInspector : IDisposable
{
    private const int LongestSequence = 4;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    // The start of a UTF-8 sequence that the previous block cut off.
    private readonly byte[] _pending = new byte[LongestSequence];
    private int _pendingLength;

    public long Length { get; private set; }

    public long LineFeeds { get; private set; }

    public long CarriageReturns { get; private set; }

    public bool ByteOrderMark { get; private set; }

    public byte LastByte { get; private set; }

    /// <summary>Line of the first NUL byte; null when there is none.</summary>
    public long? NulLine { get; private set; }

    /// <summary>Line of the first byte that is not UTF-8; null when all are.</summary>
    public long? NotUtf8Line { get; private set; }

    public void Inspect(ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
            return;
        _sha256.AppendData(block);
        if (Length == 0)
            ByteOrderMark = block.StartsWith(CsvDialect.ByteOrderMark);
        CarriageReturns += block.Count(CsvDialect.CarriageReturn);
        if (NulLine is null && block.IndexOf((byte)0) is >= 0 and var nul)
            NulLine = LineAt(block, nul);
        if (NotUtf8Line is null)
            InspectEncoding(block);
        LineFeeds += block.Count(CsvDialect.LineFeed);
        Length += block.Length;
        LastByte = block[^1];
    }

    /// <summary>SHA-256 of the whole file, lower-case hex. Call once, at the end.</summary>
    public string Finish()
    {
        if (_pendingLength > 0)
            NotUtf8Line ??= LineFeeds + 1;
        return Convert.ToHexStringLower(_sha256.GetHashAndReset());
    }

    public void Dispose() => _sha256.Dispose();

    private void InspectEncoding(ReadOnlySpan<byte> block)
    {
        var rest = block;
        while (_pendingLength > 0 && !rest.IsEmpty)
        {
            _pending[_pendingLength++] = rest[0];
            rest = rest[1..];
            var status = Rune.DecodeFromUtf8(_pending.AsSpan(0, _pendingLength), out _, out var used);
            if (status == OperationStatus.NeedMoreData)
                continue;
            if (status != OperationStatus.Done || used != _pendingLength)
            {
                NotUtf8Line = LineFeeds + 1;
                return;
            }
            _pendingLength = 0;
        }

        var whole = rest[..^UnfinishedTail(rest)];
        if (!Utf8.IsValid(whole))
        {
            NotUtf8Line = LineAt(block, block.Length - rest.Length + FirstInvalid(whole));
            return;
        }
        rest[whole.Length..].CopyTo(_pending.AsSpan(_pendingLength));
        _pendingLength += rest.Length - whole.Length;
    }

    // Number of bytes at the end that begin a sequence which the next block completes.
    private static int UnfinishedTail(ReadOnlySpan<byte> block)
    {
        for (var length = 1; length < LongestSequence && length <= block.Length; length++)
        {
            var lead = block[^length];
            if ((lead & 0xC0) == 0x80)
                continue;
            return Rune.DecodeFromUtf8(block[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
        }
        return 0;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(text[position..], out _, out var used) == OperationStatus.Done)
            position += used;
        return position;
    }

    private long LineAt(ReadOnlySpan<byte> block, int position) =>
        LineFeeds + 1 + block[..position].Count(CsvDialect.LineFeed);
}
