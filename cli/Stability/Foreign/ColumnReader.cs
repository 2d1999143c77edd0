using System.Globalization;
using Benchmark.Data;

namespace Benchmark.Cli.Stability.Foreign;

/// <summary>Spells the values of a column in the dialect, and counts what is missing and what does not fit.</summary>
internal sealed class ColumnReader
{
    private readonly ColumnReading _reading;
    private readonly bool _comma;
    private readonly ForeignValues _values;
    private readonly long[] _naWords;
    private byte[] _room = new byte[64];
    private long _row;

    /// <param name="reading">How the column is read.</param>
    /// <param name="comma">Whether the decimal mark of the file is a comma.</param>
    /// <param name="rules">What was told of the values.</param>
    internal ColumnReader(ColumnReading reading, bool comma, ReadingRules rules)
    {
        _reading = reading;
        _comma = comma;
        _values = new ForeignValues(rules);
        _naWords = new long[_values.NaWords.Count];
    }

    /// <param name="reading">How the column is read.</param>
    /// <param name="values">Its values, which are all spelled as the dialect spells them.</param>
    internal static ColumnReader OfSpelled(ColumnReading reading, FormCounts values) =>
        new(reading, comma: false, new ReadingRules())
        {
            IsNeeded = false,
            Empty = values[Form.Empty],
            _row = values.Values + values[Form.NaWord] + values[Form.Empty],
        };

    /// <summary>Whether some value has to be spelled otherwise.</summary>
    internal bool IsNeeded { get; private init; } = true;

    /// <summary>Rows with nothing in them, or nothing but blanks where these are no text.</summary>
    public long Empty { get; private set; }

    /// <summary>Values that are not of the type; they count as missing.</summary>
    public long Unread { get; private set; }

    /// <summary>Values, those that are not of the type among them.</summary>
    public long Values => _row - Empty - _naWords.Sum();

    /// <summary>The first row with such a value, from 1 without the header; 0 when there is none.</summary>
    public long FirstUnread { get; private set; }

    /// <summary>The words that count as missing, and how many rows hold each.</summary>
    public IReadOnlyDictionary<string, long> NaWords => _values.NaWords.Zip(_naWords)
        .Where(word => word.Second > 0)
        .ToDictionary(word => word.First, word => word.Second);

    /// <summary>Reads the next row's value.</summary>
    /// <returns>The value as the dialect spells it, valid until the next row.</returns>
    internal ReadOnlySpan<byte> Read(ReadOnlySpan<byte> field, scoped ref bool isNull)
    {
        _row++;
        if (isNull)
        {
            Empty++;
            return field;
        }
        var text = ForeignValues.Trim(field);
        if (_values.ToldNaWordOf(text) is >= 0 and var told)
            return Missing(ref _naWords[told], out isNull);
        if (text.IsEmpty && !_reading.KeepsEmpty)
        {
            Empty++;
            isNull = true;
            return text;
        }
        if (_reading is { Type: ColumnType.String, SpelledAs: ColumnType.String })
            return _reading.Trims ? text : field;
        if (_room.Length < text.Length + 64)
            _room = new byte[text.Length + 64];
        if (TrySpell(text, out var spelled))
            return spelled;
        if (_values.NaWordOf(text) is >= 0 and var word)
            return Missing(ref _naWords[word], out isNull);
        // A category keeps what is not of its type.
        if (_reading.Type == ColumnType.String)
            return text;
        if (Unread++ == 0)
            FirstUnread = _row;
        isNull = true;
        return default;
    }

    private static ReadOnlySpan<byte> Missing(scoped ref long count, out bool isNull)
    {
        count++;
        isNull = true;
        return default;
    }

    private bool TrySpell(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> spelled)
    {
        spelled = text;
        var length = 0;
        switch (_reading.SpelledAs)
        {
            case ColumnType.Integer or ColumnType.Number:
                return TrySpellNumber(text, out spelled);
            case ColumnType.Boolean:
                return TrySpellBoolean(text, out spelled);
            case ColumnType.Date:
                if (!_values.Times.TrySpellDate(text, _room, out length))
                    return false;
                break;
            case ColumnType.Timestamp:
                if (!_values.Times.TrySpellTimestamp(text, _room, out length))
                    return false;
                break;
            case ColumnType.Time:
                if (!ForeignTime.TrySpellTime(text, _room, out length))
                    return false;
                break;
            default:
                return true;
        }
        spelled = _room.AsSpan(0, length);
        return true;
    }

    private bool TrySpellNumber(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> spelled)
    {
        spelled = text;
        var form = ForeignNumber.FormOf(text);
        var isNumber = form is Form.Integer or Form.Scientific
            || form is Form.PointNumber or Form.PointOrThousands && !_comma
            || form is Form.CommaNumber or Form.CommaOrThousands && _comma;
        if (!isNumber)
        {
            if (!_values.InfinityIsMissing && ForeignValues.IsInfinity(text, out var negative))
            {
                spelled = negative ? "-Infinity"u8 : "Infinity"u8;
                return true;
            }
            if (!_reading.IsTold || !ForeignNumber.TryReadDecorated(text, _comma, out var decorated))
                return false;
            spelled = ForeignNumber.Spell(decorated, _room);
            return true;
        }
        if (!ForeignNumber.IsSpelled(text))
            spelled = ForeignNumber.Spell(text, _room);
        // A code of many digits is no double.
        return _reading.Type != ColumnType.String || form == Form.Integer || TrySpellByValue(ref spelled);
    }

    // 1 and 1.0 are one category.
    private bool TrySpellByValue(ref ReadOnlySpan<byte> spelled)
    {
        if (!double.TryParse(spelled, NumberStyles.Float,
            CultureInfo.InvariantCulture, out var value))
            return false;
        spelled = ForeignNumber.Spell(value, _room);
        return true;
    }

    private bool TrySpellBoolean(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> spelled)
    {
        var isBoolean = ForeignValues.IsBoolean(text, out var value);
        if (!isBoolean && _reading.TakesLetters)
            isBoolean = ForeignValues.IsBooleanLetter(text, out value);
        if (!isBoolean)
            isBoolean = ForeignValues.IsYesOrNo(text, out value);
        if (!isBoolean && _reading.IsTold && ForeignNumber.FormOf(text) is Form.Integer or Form.PointNumber
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is 0 or 1)
            (isBoolean, value) = (true, number == 1);
        spelled = value ? "true"u8 : "false"u8;
        return isBoolean;
    }
}
