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

    /// <summary>Line of the first byte that is not UTF-8; null when all are.</summary>
    public long? NotUtf8Line { get; private init; }

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
        private long? _notUtf8;
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
                _notUtf8 ??= _lines + 1;
            return new FileBytes
            {
                Marked = _marked,
                NotUtf8Line = _notUtf8,
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
            if (_notUtf8 is null && !Utf8.IsValid(whole))
                _notUtf8 = _lines + 1 + whole[..FirstInvalid(whole)].Count((byte)'\n');
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
