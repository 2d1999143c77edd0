using System.Buffers;
using System.Security.Cryptography;

namespace Benchmark.Data.Writing;

/// <summary>
/// What values are written into, as the dialect spells them. It collects blocks of 1 MiB; a full block is hashed and
/// written at once, while it is still in the processor's cache.
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

    /// <summary>What .NET formats invariantly as the dialect has it: whole numbers, UUIDs.</summary>
    public void AddFormatted<T>(T value)
        where T : IUtf8SpanFormattable => CsvNumbers.AddFormatted(this, value);

    /// <summary>A double: shortest round-trip, no exponent from 1e-6 up to 1e15, -0 kept.</summary>
    public void AddDouble(double value) => CsvNumbers.AddDouble(this, value);

    /// <summary>A float: the shortest text that reads back as the same float.</summary>
    public void AddFloat(float value) => CsvNumbers.AddFloat(this, value);

    /// <summary>A decimal number given as a whole number of units of 10^-scale.</summary>
    public void AddScaled(Int128 units, int scale) => CsvNumbers.AddScaled(this, units, scale);

    /// <summary><c>yyyy-MM-dd</c></summary>
    public void AddDate(DateOnly date) => CsvTimes.AddDate(this, date);

    /// <summary><c>HH:mm:ss[.fffffff]</c></summary>
    public void AddTime(TimeOnly time) => CsvTimes.AddTime(this, time);

    /// <summary><c>yyyy-MM-ddTHH:mm:ss[.fffffff]</c></summary>
    public void AddTimestamp(DateTime timestamp) => CsvTimes.AddTimestamp(this, timestamp);

    /// <summary>The same with <c>Z</c>; the value is UTC whatever its kind says.</summary>
    public void AddUtcTimestamp(DateTime timestamp) => CsvTimes.AddUtcTimestamp(this, timestamp);

    /// <summary>The same with the value's own offset, or <c>Z</c> when that is zero.</summary>
    public void AddOffsetTimestamp(DateTimeOffset timestamp) => CsvTimes.AddOffsetTimestamp(this, timestamp);

    /// <summary>Text.</summary>
    /// <exception cref="FormatException">It is not valid Unicode, so it cannot be UTF-8.</exception>
    public void AddText(ReadOnlySpan<char> text) => CsvText.AddText(this, text);

    /// <summary>Text that is UTF-8 already.</summary>
    public void AddUtf8(ReadOnlySpan<byte> text) => CsvText.AddUtf8(this, text);

    /// <summary>Bytes, as base64.</summary>
    public void AddBase64(ReadOnlySpan<byte> bytes) => CsvText.AddBase64(this, bytes);

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
