using System.Buffers;
using System.Security.Cryptography;

namespace Benchmark.Data.Writing;

/// <summary>
/// Collects what is written in blocks of 1 MiB; a full block is hashed and written at once, while it is still in the
/// processor's cache.
/// </summary>
/// <param name="target">Where to write.</param>
/// <param name="wrote">Called after each block with the bytes written so far.</param>
public sealed class CsvBlock(Stream target, Action<long>? wrote = null) : IDisposable
{
    private const int Size = 1 << 20;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    // Rented, because one per table keeps the garbage collector busy when there are hundreds.
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(Size);
    private long _written;
    private int _length;

    /// <summary>The most that <see cref="Room"/> can give.</summary>
    public const int MostRoom = Size;

    /// <summary>Bytes so far, those not yet written included.</summary>
    public long Bytes => _written + _length;

    /// <summary>Free space of at least that many bytes; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Room(int bytes)
    {
        if (Size - _length < bytes)
            WriteOut();
        return _buffer.AsSpan(_length, Size - _length);
    }

    /// <summary>Marks bytes of the room as used.</summary>
    public void Advance(int bytes) => _length += bytes;

    /// <summary>Adds one byte as it is, such as a comma.</summary>
    public void Add(byte value)
    {
        if (_length == Size)
            WriteOut();
        _buffer[_length++] = value;
    }

    /// <summary>Adds bytes as they are, without quotes.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        while (text.Length > Size - _length)
        {
            // A text longer than the free space, or even than a block, is copied in pieces.
            var fits = text[..(Size - _length)];
            fits.CopyTo(_buffer.AsSpan(_length));
            _length = Size;
            WriteOut();
            text = text[fits.Length..];
        }
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Writes what is left and returns the SHA-256 of everything, lower-case hex.</summary>
    public string Finish()
    {
        WriteOut();
        return Convert.ToHexStringLower(_sha256.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sha256.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private void WriteOut()
    {
        var block = _buffer.AsSpan(0, _length);
        _sha256.AppendData(block);
        target.Write(block);
        _written += _length;
        _length = 0;
        wrote?.Invoke(_written);
    }
}
