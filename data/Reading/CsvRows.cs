using Benchmark.Data.Dialect;
using CsvHelper;

namespace Benchmark.Data.Reading;

/// <summary>
/// The rows of a file in the dialect <c>benchmark-csv/1</c>, field by field as UTF-8, and everything about the file
/// that breaks the dialect. The one place that knows the CSV library.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    // A quote that is never closed would otherwise take the rest of the file into memory before it is noticed.
    private const int LongestRow = 64 << 20;

    private static readonly string s_tooLong =
        $"longer than {LongestRow >> 20} MiB, or a quote is opened and never closed";

    private static readonly CsvReaderOptions s_options = new()
    {
        Separator = (char)CsvDialect.Separator,
        // The header is read as a row: its quotes and line breaks count like any other's.
        HasHeader = false,
        SkipEmptyLines = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        // Counted here instead, so that every ragged row is reported and not only the first.
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        Encoding = CsvDialect.Encoding,
        MaxRecordSize = LongestRow,
        // Large enough to keep system calls rare, small enough for the L2 cache.
        BufferSize = 1 << 17,
    };

    private readonly string _path;
    private readonly ByteInspector _bytes = new();
    private readonly InspectedStream _stream;
    private readonly CsvReader _reader;
    private readonly Sightings _ragged = new();
    private readonly List<Finding> _problems = [];
    private long _nextLine = 1;
    private long _carriageReturnsInQuotes;

    private CsvRows(string path)
    {
        _path = path;
        _stream = new InspectedStream(path, _bytes);
        _reader = CsvReader.Create(_stream, s_options, leaveOpen: true);
    }

    /// <summary>The header's names, in file order.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Line of the file where the current row begins; the header is line 1.</summary>
    public long Line { get; private set; }

    /// <summary>Rows read, without the header.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether the file could be read to its end as rows of named columns.</summary>
    public bool Readable { get; private set; } = true;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvRows Open(string path)
    {
        var rows = new CsvRows(path);
        rows.ReadHeader();
        return rows;
    }

    /// <summary>Moves to the next row that has a field for every column.</summary>
    /// <returns>False at the end, or when the rest of the file cannot be read.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool Read()
    {
        while (Readable && Next())
        {
            Rows++;
            if (_reader.FieldCount == Header.Count)
                return true;
            _ragged.Add(Line);
        }
        return false;
    }

    /// <summary>A field's value without its quotes, valid until the next row. NULL: empty and without quotes.</summary>
    public ReadOnlySpan<byte> Field(int column, out bool isNull)
    {
        var raw = _reader.GetRawSpan(column);
        isNull = raw.IsEmpty;
        return isNull || raw[0] != CsvDialect.Quote ? raw : _reader.GetSpan(column);
    }

    /// <summary>Reads the rest of the file and returns its facts.</summary>
    public FileFacts Finish()
    {
        _stream.Drain();
        var sha256 = _bytes.Finish();
        if (_ragged.Count > 0)
        {
            var problem = $"rows with more or fewer fields than the header's {Header.Count}: {_ragged.Count}";
            _problems.Add(_ragged.Found(problem));
        }
        if (_bytes.Length == 0)
            Add("the file is empty, without even a header");
        else
            AddByteProblems();
        return new FileFacts(_bytes.Length, sha256, Rows, _problems);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _bytes.Dispose();
    }

    private void ReadHeader()
    {
        if (!Next())
        {
            Readable = false;
            return;
        }
        var names = new string[_reader.FieldCount];
        for (var i = 0; i < names.Length; i++)
            names[i] = CsvDialect.Encoding.GetString(Field(i, out _));
        Header = names;

        var unnamed = Array.IndexOf(names, "") + 1;
        if (unnamed > 0)
            Stop($"column {unnamed} of the header has no name");
        // Reported by position: if the header is missing, the names are data.
        foreach (var same
            in names.Index().Where(n => n.Item != "").GroupBy(n => n.Item, n => n.Index + 1).Where(g => g.Count() > 1))
            Stop($"columns {string.Join(", ", same)} of the header have the same name");

        void Stop(string problem)
        {
            Add(problem, 1);
            Readable = false;
        }
    }

    private bool Next()
    {
        Line = _nextLine;
        try
        {
            if (!_reader.Read())
                return false;
        }
        catch (CsvFormatException e)
        {
            // The library's message may quote the row, and values must not leak into messages.
            return GiveUp(Reason(e));
        }
        var row = _reader.RawRecord;
        // The library enforces its limit only when its buffer is full, so a longer row can slip through.
        if (row.Length > LongestRow)
            return GiveUp(s_tooLong);
        _nextLine++;
        if (row.Contains(CsvDialect.Quote))
        {
            // Line breaks inside a row are always inside quotes.
            _nextLine += row.Count(CsvDialect.LineFeed);
            _carriageReturnsInQuotes += row.Count(CsvDialect.CarriageReturn);
        }
        return true;
    }

    private bool GiveUp(string reason)
    {
        Add($"a row cannot be read ({reason}); what follows it was not checked", Line);
        Readable = false;
        return false;
    }

    private void AddByteProblems()
    {
        if (_bytes.ByteOrderMark)
            Add("the file starts with a byte order mark", 1);
        if (_bytes.NotUtf8Line is { } notUtf8)
            Add("the file is not valid UTF-8", notUtf8);
        if (_bytes.NulLine is { } nul)
            Add("the file has a NUL byte", nul);
        if (_bytes.CarriageReturns > _carriageReturnsInQuotes && LineEnds.FirstCarriageReturn(_path) is { } line)
            Add("rows end with a carriage return instead of a line feed alone", line);
        // A carriage return at the end is reported above.
        if (_bytes.LastByte is not (CsvDialect.LineFeed or CsvDialect.CarriageReturn))
            Add("the last row has no line feed at its end: the file may have been cut off", _bytes.LineFeeds + 1);
    }

    private void Add(string problem, params IReadOnlyList<long> lines) =>
        _problems.Add(new Finding { Problem = problem, Count = 1, Lines = lines });

    private static string Reason(CsvFormatException e) =>
        e.Message.Contains("never closed", StringComparison.Ordinal) ? "a quote is opened and never closed"
        : e.Message.Contains("quote", StringComparison.Ordinal) ? "a quote in the wrong place"
        : s_tooLong;
}

/// <summary>Facts about a file as a whole.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Rows">Rows without the header, as far as it could be read.</param>
/// <param name="Problems">Violations of the dialect; empty when there are none.</param>
internal sealed record FileFacts(long Bytes, string Sha256, long Rows, IReadOnlyList<Finding> Problems);
