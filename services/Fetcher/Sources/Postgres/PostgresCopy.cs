using System.Buffers.Binary;
using System.Data;
using Npgsql;

namespace Benchmark.Fetcher.Sources.Postgres;

/// <summary>
/// The rows of <c>COPY … TO STDOUT (FORMAT BINARY)</c> (https://www.postgresql.org/docs/current/sql-copy.html, Binary
/// Format). A field is seen as the bytes that the server sent: with the driver's typed getters a fetch took a third
/// more CPU.
/// </summary>
internal sealed class PostgresCopy(NpgsqlConnection connection, NpgsqlRawCopyStream stream) : RowsOnly
{
    // Signature, flags, length of the header's extension.
    private const int Header = 19;

    private static readonly Task<bool> s_row = Task.FromResult(true);

    private byte[] _buffer = new byte[64 * 1024];
    private (int Start, int Length)[] _fields = [];
    private int _start;
    private int _end;
    private bool _begun;
    private bool _sending = true;

    /// <summary>Whether the current row's field is NULL.</summary>
    public override bool IsDBNull(int ordinal) => _fields[ordinal].Length < 0;

    /// <summary>The bytes of the current row's field, which is not NULL; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Field(int ordinal)
    {
        var (start, length) = _fields[ordinal];
        return _buffer.AsSpan(start, length);
    }

    /// <exception cref="NpgsqlException">The server stopped before it had said that this is all.</exception>
    public override Task<bool> ReadAsync(CancellationToken cancellationToken) =>
        _begun && Take() is { Row: true } ? s_row : ReadSlowlyAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        // The driver would read what is left to its end, which may be hours away.
        if (_sending)
            await stream.CancelAsync();
        await stream.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task<bool> ReadSlowlyAsync(CancellationToken ct)
    {
        if (!_begun)
        {
            while (_end < Header)
                await FillAsync(ct);
            _start = Header + BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(Header - sizeof(int)));
            while (_end < _start)
                await FillAsync(ct);
            _begun = true;
        }
        while (true)
        {
            var (row, end) = Take();
            if (row)
                return true;
            if (end)
                return await EndAsync(ct);
            await FillAsync(ct);
        }
    }

    private async ValueTask<bool> EndAsync(CancellationToken ct)
    {
        // Not before the server has said, too, that the command is complete.
        if (await ReadAsync(_buffer, ct) != 0)
            throw new NpgsqlException("The server sent more after the end of its rows.");
        return false;
    }

    // The row at the start, if all of it is here; or the trailer, which says that there are no more.
    private (bool Row, bool End) Take()
    {
        var position = _start + sizeof(short);
        if (position > _end)
            return default;
        var count = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_start));
        if (count < 0)
            return (false, true);
        if (_fields.Length != count)
            _fields = new (int, int)[count];
        for (var i = 0; i < count; i++)
        {
            var start = position + sizeof(int);
            if (start > _end)
                return default;
            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(position));
            position = start + Math.Max(length, 0);
            if (position > _end)
                return default;
            _fields[i] = (start, length);
        }
        _start = position;
        return (true, false);
    }

    private async ValueTask FillAsync(CancellationToken ct)
    {
        if (_begun && _start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await ReadAsync(_buffer.AsMemory(_end), ct);
        if (read == 0)
            throw new NpgsqlException("The server ended its rows without saying that they are all.");
        _end += read;
    }

    private async ValueTask<int> ReadAsync(Memory<byte> room, CancellationToken ct)
    {
        // A read that fails is the end, too.
        _sending = false;
        try
        {
            var read = await stream.ReadAsync(room, ct);
            _sending = read > 0;
            return read;
        }
        catch (OperationCanceledException) when (connection.FullState != ConnectionState.Broken)
        {
            // Cancelled before it began: the driver has not hung up.
            _sending = true;
            throw;
        }
    }
}
