using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace Benchmark.Cli.Stability.Files;

/// <summary>What the bytes of a file say before anybody knows of fields: compression, encoding, line ends.</summary>
internal sealed record FileBytes
{
    private const int BlockLength = 1 << 17;
    private const int LongestSequence = 4;

    /// <summary>Whether it is Parquet, of which nothing else is known here.</summary>
    public bool IsParquet { get; private init; }

    /// <summary>Whether it is compressed with gzip.</summary>
    public bool IsGzip { get; private init; }

    /// <summary>UTF-16 or UTF-32, as a byte order mark says; else null.</summary>
    public Encoding? Marked { get; private init; }

    /// <summary>The first byte that is not UTF-8; null when all are.</summary>
    public BytePlace? NotUtf8 { get; private init; }

    /// <summary>Whether there are characters of several bytes before that one: then the rest is UTF-8.</summary>
    public bool BeginsAsUtf8 { get; private init; }

    /// <summary>Whether there are bytes from 0x80 to 0x9F, which are no characters in Latin-1.</summary>
    public bool HasControls { get; private init; }

    /// <summary>Line of the first NUL; null when there is none.</summary>
    public long? NulLine { get; private init; }

    /// <summary>Whether some lines end with a carriage return and a line feed, and others not.</summary>
    public bool MixesLineEnds { get; private init; }

    /// <summary>Opens a file's bytes, without gzip's compression.</summary>
    public static Stream Open(string path, bool isGzip)
    {
        var file = new FileStream(path, new FileStreamOptions
        {
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.SequentialScan,
        });
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Looks at every byte of a file.</summary>
    /// <exception cref="UsageException">It is a pipe.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is broken where it is compressed.</exception>
    public static FileBytes Of(string path, CancellationToken ct)
    {
        var start = new byte[LongestSequence];
        using (var file = Open(path, isGzip: false))
        {
            if (!file.CanSeek)
                throw new UsageException(
                    $"{path} is no regular file: a pipe can be read only once. Write its data to a file first.");
            file.ReadAtLeast(start, LongestSequence, throwOnEndOfStream: false);
        }
        if (start.AsSpan().SequenceEqual("PAR1"u8))
            return new FileBytes { IsParquet = true };
        var isGzip = start is [0x1F, 0x8B, ..];
        using var stream = Open(path, isGzip);
        return new Inspection(stream).ToEnd(ct) with { IsGzip = isGzip };
    }

    private sealed class Inspection(Stream stream)
    {
        private readonly byte[] _block = new byte[BlockLength];
        private int _kept;
        private long _lines;
        private long _carriageReturns;
        private long _pairs;
        private BytePlace? _notUtf8;
        private bool _beginsAsUtf8;
        private bool _hasControls;
        private long _offset;
        private long _lineStart;
        private long? _nul;
        private Encoding? _marked;
        private byte _last;

        public FileBytes ToEnd(CancellationToken ct)
        {
            var isFirst = true;
            int read;
            while ((read = stream.Read(_block, _kept, _block.Length - _kept)) > 0)
            {
                ct.ThrowIfCancellationRequested();
                var block = _block.AsSpan(0, _kept + read);
                if (isFirst)
                    _marked = MarkOf(block);
                isFirst = false;
                Inspect(block, block[_kept..]);
            }
            if (_kept > 0)
                _notUtf8 ??= new BytePlace(_lines + 1, _offset - _lineStart + 1, _block[0]);
            return new FileBytes
            {
                Marked = _marked,
                NotUtf8 = _notUtf8,
                BeginsAsUtf8 = _beginsAsUtf8,
                HasControls = _hasControls,
                NulLine = _nul,
                MixesLineEnds = _pairs > 0 && (_pairs != _lines || _pairs != _carriageReturns),
            };
        }

        // What is fresh was not seen before; in front of it stands the start of a character that was cut off.
        private void Inspect(Span<byte> block, Span<byte> fresh)
        {
            if (_nul is null && fresh.IndexOf((byte)0) is >= 0 and var nul)
                _nul = _lines + 1 + fresh[..nul].Count((byte)'\n');
            var whole = block[..^UnfinishedTail(block)];
            if (_notUtf8 is null)
                InspectText(whole);
            _hasControls |= fresh.ContainsAnyInRange((byte)0x80, (byte)0x9F);
            if (whole.LastIndexOf((byte)'\n') is >= 0 and var last)
                _lineStart = _offset + last + 1;
            _offset += whole.Length;
            _lines += fresh.Count((byte)'\n');
            var returns = fresh.Count((byte)'\r');
            if (returns > 0 || _last == (byte)'\r')
            {
                _carriageReturns += returns;
                _pairs += fresh.Count("\r\n"u8) + (_last == (byte)'\r' && fresh[0] == (byte)'\n' ? 1 : 0);
            }
            _last = fresh[^1];
            block[whole.Length..].CopyTo(_block);
            _kept = block.Length - whole.Length;
        }

        private void InspectText(ReadOnlySpan<byte> text)
        {
            var isValid = Utf8.IsValid(text);
            var valid = isValid ? text.Length : FirstInvalid(text);
            _beginsAsUtf8 |= text[..valid].ContainsAnyInRange((byte)0x80, (byte)0xFF);
            if (isValid)
                return;
            var line = text[..valid].LastIndexOf((byte)'\n') is >= 0 and var feed ? _offset + feed + 1 : _lineStart;
            _notUtf8 = new BytePlace(
                _lines + 1 + text[..valid].Count((byte)'\n'), _offset + valid - line + 1, text[valid]);
        }

        private static Encoding? MarkOf(ReadOnlySpan<byte> start) => start switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };

        private static int UnfinishedTail(ReadOnlySpan<byte> block)
        {
            for (var length = 1; length < LongestSequence && length <= block.Length; length++)
            {
                if ((block[^length] & 0xC0) == 0x80)
                    continue;
                var status = Rune.DecodeFromUtf8(block[^length..], out _, out _);
                return status == System.Buffers.OperationStatus.NeedMoreData ? length : 0;
            }
            return 0;
        }

        private static int FirstInvalid(ReadOnlySpan<byte> text)
        {
            var position = 0;
            while (Rune.DecodeFromUtf8(text[position..], out _, out var used) == System.Buffers.OperationStatus.Done)
                position += used;
            return position;
        }
    }
}

/// <summary>Where a byte is in a file of lines, and what it is.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Position">Which byte of the line it is, from 1.</param>
/// <param name="Value">The byte.</param>
internal sealed record BytePlace(long Line, long Position, byte Value)
{
    public override string ToString() => $"line {Line}, byte {Position} (0x{Value:X2})";
}
