namespace Benchmark.Cli.Init;

/// <summary>Finds the first row of delimited text that is broken, which DuckDB reads in some other way.</summary>
internal sealed class CsvFault
{
    private readonly TextReader _text;
    private readonly char _delimiter;
    private readonly int _fields;

    private long _line = 1;

    private CsvFault(TextReader text, char delimiter, int fields) =>
        (_text, _delimiter, _fields) = (text, delimiter, fields);

    /// <summary>What is wrong with the first such row, and in which line; null when none is.</summary>
    /// <param name="text">The text, from its beginning.</param>
    /// <param name="delimiter">Between fields.</param>
    /// <param name="fields">How many fields a row should have.</param>
    public static string? First(TextReader text, char delimiter, int fields) =>
        new CsvFault(text, delimiter, fields).First();

    private string? First()
    {
        while (_text.Peek() >= 0)
        {
            var (line, fields, isBlank) = (_line, 1, true);
            for (var next = _text.Peek(); ; next = _text.Peek())
            {
                if (next == '"' && Quoted() is { } fault)
                    return fault;
                isBlank &= next is '\r' or '\n' or < 0;
                Plain();
                if (!SkipDelimiter())
                    break;
                (isBlank, fields) = (false, fields + 1);
            }
            if (!isBlank && fields != _fields)
                return $"line {line} has {fields} fields, and the first row {_fields}";
        }
        return null;
    }

    // From one quote to what must be a delimiter or the end of a line.
    private string? Quoted()
    {
        var line = _line;
        _text.Read();
        for (var next = _text.Read(); next >= 0; next = _text.Read())
        {
            if (next == '\n')
                _line++;
            if (next != '"')
                continue;
            if (_text.Peek() == '"')
                _text.Read();
            else
                return _text.Peek() == _delimiter || _text.Peek() is '\r' or '\n' or < 0 ? null
                    : $"line {line}: a quote is opened and not closed, or one within the field is not doubled";
        }
        return $"line {line}: a quote is opened and never closed";
    }

    // To the delimiter or the end of the line, which is left.
    private void Plain()
    {
        while (_text.Peek() is >= 0 and not ('\r' or '\n') and var next && next != _delimiter)
            _text.Read();
    }

    // False at the end of a line, which is skipped as well.
    private bool SkipDelimiter()
    {
        var end = _text.Read();
        if (end == _delimiter)
            return true;
        _line++;
        if (end == '\r' && _text.Peek() == '\n')
            _text.Read();
        return false;
    }
}
