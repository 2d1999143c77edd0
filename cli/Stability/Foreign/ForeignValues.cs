using System.Globalization;
using System.Text;
using Benchmark.Data;
using Benchmark.Data.Dialect;

namespace Benchmark.Cli.Stability.Foreign;

/// <summary>Tells the form of texts that other tools wrote.</summary>
internal sealed class ForeignValues
{
    // What pandas takes as missing by default, R's and SAS's forms, and what databases export.
    private static readonly string[] s_naWords =
    [
        "NA", "N/A", "n/a", "na", "#N/A", "#N/A N/A", "#NA", "<NA>", "NaN", "nan", "NAN", "-NaN", "-nan", "NaT",
        "null", "NULL", "Null", "None", "none", ".", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN", @"\N",
    ];

    private static readonly string[] s_infinities = ["inf", "infinity"];

    // What infinities are counted as, in whatever spelling, where they are missing.
    private const string Infinity = "inf";

    private readonly int _infinity;
    private readonly byte[][] _naWords;
    private readonly byte[][] _toldNaWords;
    // The told words that are numbers, such as -999, which is -999.0, too; empty when none is.
    private readonly double[] _toldNumbers;
    private readonly bool[] _firstOfNaWord = new bool[256];

    public ForeignValues(ReadingRules rules)
    {
        NaWords = [.. rules.NaWords.Concat(s_naWords).Append(Infinity).Distinct()];
        _infinity = Array.IndexOf([.. NaWords], Infinity);
        InfinityIsMissing = rules.InfinityIsMissing;
        Times = new ForeignTime(rules.DateFormat);
        _naWords = [.. NaWords.Select(Encoding.UTF8.GetBytes)];
        _toldNaWords = _naWords[..rules.NaWords.Distinct().Count()];
        var numbers = _toldNaWords.Select(word => TryNumber(word, out var number) ? number : double.NaN).ToArray();
        _toldNumbers = Array.TrueForAll(numbers, double.IsNaN) ? [] : numbers;
        foreach (var word in _naWords.Where(word => word.Length > 0))
            _firstOfNaWord[word[0]] = true;
    }

    /// <summary>The words for a missing value, the told ones first.</summary>
    public IReadOnlyList<string> NaWords { get; }

    public ForeignTime Times { get; }

    /// <summary>Whether infinities are words for a missing value.</summary>
    public bool InfinityIsMissing { get; }

    /// <summary>A text without blanks around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) =>
        text.IsEmpty || (text[0] > ' ' && text[^1] > ' ') ? text : text.Trim(" \t\r\n"u8);

    /// <summary>The form of a text without blanks around it.</summary>
    public Form FormOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return Form.Empty;
        if (ToldNaWordOf(text) >= 0)
            return Form.NaWord;
        if (text[0] is >= (byte)'0' and <= (byte)'9' or (byte)'+' or (byte)'-' or (byte)'.' or (byte)',')
        {
            // A told form of dates may be all digits.
            var number = ForeignNumber.FormOf(text);
            if (number != Form.Text && !(number == Form.Integer && Times.IsTold(text)))
                return number;
        }
        if (NaWordOf(text) >= 0)
            return Form.NaWord;
        if (IsBoolean(text, out _))
            return Form.Boolean;
        if (IsBooleanLetter(text, out _))
            return Form.BooleanLetter;
        if (IsInfinity(text, out _))
            return Form.Scientific;
        // Most texts are words.
        if (!text.ContainsAnyInRange((byte)'0', (byte)'9'))
            return Form.Text;
        var time = Times.FormOf(text);
        return time != Form.Text ? time
            : !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? Form.Code
            : LooksLikeNumber(text) ? Form.NumberLike
            : Form.Text;
    }

    /// <summary>Whether the dialect spells a text of this form so.</summary>
    public bool IsSpelled(Form form, ReadOnlySpan<byte> text) => form switch
    {
        Form.Integer => text[0] != (byte)'+',
        Form.Scientific or Form.PointNumber or Form.PointOrThousands => ForeignNumber.IsSpelled(text),
        Form.Boolean => text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8),
        Form.Date => Grammar.Of(ColumnType.Date).Accepts(text),
        Form.Timestamp => Grammar.Of(ColumnType.Timestamp).Accepts(text),
        Form.Time => Grammar.Of(ColumnType.Time).Accepts(text),
        Form.Empty => false,
        _ => true,
    };

    /// <summary>Which of the words for a missing value a text is; -1 when none.</summary>
    public int NaWordOf(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && IsInfinity(text, out _) ? InfinityIsMissing ? _infinity : -1 : Find(_naWords, text);

    /// <summary>Which of the told words for a missing value a text is; -1 when none.</summary>
    public int ToldNaWordOf(ReadOnlySpan<byte> text)
    {
        var word = Find(_toldNaWords, text);
        return word >= 0 || _toldNumbers is [] || !TryNumber(text, out var number)
            ? word : Array.IndexOf(_toldNumbers, number);
    }

    /// <summary>Whether a text is <c>true</c> or <c>false</c>, in any case.</summary>
    public static bool IsBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.Length == 4 && Ascii.EqualsIgnoreCase(text, "true"u8);
        return value || (text.Length == 5 && Ascii.EqualsIgnoreCase(text, "false"u8));
    }

    /// <summary>Whether a text is <c>t</c> or <c>f</c>, as PostgreSQL and R spell booleans, in any case.</summary>
    public static bool IsBooleanLetter(ReadOnlySpan<byte> text, out bool value)
    {
        value = text is [(byte)'t' or (byte)'T'];
        return value || text is [(byte)'f' or (byte)'F'];
    }

    /// <summary>Whether a text is <c>yes</c> or <c>no</c>, which DuckDB reads as booleans, in any case.</summary>
    public static bool IsYesOrNo(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.Length == 3 && Ascii.EqualsIgnoreCase(text, "yes"u8);
        return value || (text.Length == 2 && Ascii.EqualsIgnoreCase(text, "no"u8));
    }

    /// <summary>Whether a text is infinite, as R, pandas and Spark spell it.</summary>
    public static bool IsInfinity(ReadOnlySpan<byte> text, out bool negative)
    {
        negative = text[0] == (byte)'-';
        if (text.Length is < 3 or > 9)
            return false;
        var word = text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        foreach (var infinity in s_infinities)
        {
            if (Ascii.EqualsIgnoreCase(word, infinity))
                return true;
        }
        return false;
    }

    private int Find(byte[][] words, ReadOnlySpan<byte> text)
    {
        if (words.Length == 0 || text.IsEmpty || !_firstOfNaWord[text[0]])
            return -1;
        for (var i = 0; i < words.Length; i++)
        {
            if (text.SequenceEqual(words[i]))
                return i;
        }
        return -1;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number);

    private static bool LooksLikeNumber(ReadOnlySpan<byte> text)
    {
        // Cheap first: texts are many, and few of them hold nothing but digits and signs.
        if (text.Length > 40 || text.ContainsAnyInRange((byte)'a', (byte)'z')
            || !text.ContainsAny(",.' $%()\u00A0€£¥’\u202F"u8))
            return false;
        return !IsCode(text)
            && (ForeignNumber.TryReadDecorated(text, comma: false, out _)
                || ForeignNumber.TryReadDecorated(text, comma: true, out _));
    }

    // Digits that begin with 0 are a code.
    private static bool IsCode(ReadOnlySpan<byte> text) => text is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..];
}
