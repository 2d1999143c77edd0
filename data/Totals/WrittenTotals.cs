using Benchmark.Data.Dialect;

namespace Benchmark.Data.Totals;

/// <summary>
/// Computes the totals of a file in the dialect benchmark-csv/1 by reading it back from the volume, so that errors of
/// the driver, the writer and the volume all show. The file is still in the page cache.
/// </summary>
internal sealed class WrittenTotals
{
    // It splits fields by itself: CsvRows also hashes and checks every byte, as of a file that anybody may have
    // written; here a file that we have just written is open, and only its fields are wanted.
    private readonly Stream _file;
    private readonly CancellationToken _ct;
    private byte[] _buffer = new byte[1 << 20];
    private byte[] _unquoted = [];
    private int _start;
    private int _end;
    private bool _over;

    private WrittenTotals(Stream file, CancellationToken ct) => (_file, _ct) = (file, ct);

    /// <summary>The tallies of the columns, and the number of rows without the header.</summary>
    public static (IReadOnlyList<Tally> Columns, long Rows) Of(
        Stream file, IReadOnlyList<ColumnType> types, CancellationToken ct)
    {
        file.Position = 0;
        var reading = new WrittenTotals(file, ct);
        Tally[] tallies = [.. types.Select(Tally.For)];
        reading.SkipRow(tallies.Length);
        var rows = 0L;
        for (; !reading.AtEnd(); rows++)
        {
            foreach (var tally in tallies)
            {
                var value = reading.Next(out var isNull);
                if (!isNull)
                    tally.Count(value);
            }
        }
        return (tallies, rows);
    }

    private bool AtEnd() => _start == _end && !Fill();

    private void SkipRow(int fields)
    {
        for (var i = 0; i < fields; i++)
            Next(out _);
    }

    // The next field without its quotes; valid until the next call.
    private ReadOnlySpan<byte> Next(out bool isNull)
    {
        int length;
        while ((length = Length()) < 0)
        {
            if (!Fill())
                throw new InvalidDataException("The file that was just written ends within a row.");
        }
        var field = _buffer.AsSpan(_start, length);
        _start += length + 1;
        isNull = field.IsEmpty;
        return isNull || field[0] != CsvDialect.Quote ? field : Unquote(field[1..^1]);
    }

    // The length of the first field; negative when its end is not in the buffer yet.
    private int Length()
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        if (!rest.StartsWith(CsvDialect.Quote))
            return rest.IndexOfAny(CsvDialect.Separator, CsvDialect.LineFeed);
        for (var position = 1; rest[position..].IndexOf(CsvDialect.Quote) is >= 0 and var quote; position += quote + 2)
        {
            var after = position + quote + 1;
            if (after >= rest.Length)
                return -1;
            if (rest[after] != CsvDialect.Quote)
                return after;
        }
        return -1;
    }

    private ReadOnlySpan<byte> Unquote(Span<byte> text)
    {
        if (text.IndexOf(CsvDialect.Quote) < 0)
            return text;
        if (_unquoted.Length < text.Length)
            _unquoted = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            _unquoted[length++] = text[i];
            if (text[i] == CsvDialect.Quote)
                i++;
        }
        return _unquoted.AsSpan(0, length);
    }

    private bool Fill()
    {
        _ct.ThrowIfCancellationRequested();
        if (_over)
            return false;
        if (_start == 0 && _end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = _file.Read(_buffer.AsSpan(_end));
        _end += read;
        _over = read == 0;
        return !_over;
    }
}
