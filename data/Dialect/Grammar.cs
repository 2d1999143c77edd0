using System.Buffers.Text;
using System.Text;

namespace Benchmark.Data.Dialect;

/// <summary>
/// How the dialect <c>benchmark-csv/1</c> writes the values of one column type. Data and the registry's limits and
/// allowed values are read by the same grammar, so that a text means the same in both.
/// </summary>
public abstract class Grammar
{
    private static readonly Grammar s_integer = new OrderedGrammar<IntegerGrammar>("an integer", "-1234");
    private static readonly Grammar s_number = new OrderedGrammar<NumberGrammar>("a number", "-1234.5");
    private static readonly Grammar s_decimal = new OrderedGrammar<DecimalGrammar>("a decimal number", "-1234.5");
    private static readonly Grammar s_date = new OrderedGrammar<DateGrammar>("a date (yyyy-MM-dd)", "2026-01-31");
    private static readonly Grammar s_timestamp =
        new OrderedGrammar<TimestampGrammar>("a timestamp (yyyy-MM-ddTHH:mm:ss)", "2026-01-31T23:59:59");
    private static readonly Grammar s_time = new OrderedGrammar<TimeGrammar>("a time (HH:mm:ss)", "23:59:59");
    private static readonly Grammar s_boolean = new BooleanGrammar();
    private static readonly Grammar s_bytes = new BytesGrammar();
    private static readonly Grammar s_text = new TextGrammar();

    private protected Grammar(string form, string example) => (Form, Example) = (form, example);

    /// <summary>The form in words, as it follows "is not": <c>an integer</c>, <c>a date (yyyy-MM-dd)</c>.</summary>
    public string Form { get; }

    /// <summary>A value in the right form; empty for text, which has no form.</summary>
    public string Example { get; }

    /// <summary>Whether values have an order, so that there can be a minimum and a maximum.</summary>
    public virtual bool HasOrder => false;

    /// <summary>The grammar of a type.</summary>
    public static Grammar Of(ColumnType type) => type switch
    {
        ColumnType.Integer => s_integer,
        ColumnType.Number => s_number,
        ColumnType.Decimal => s_decimal,
        ColumnType.Date => s_date,
        ColumnType.Timestamp => s_timestamp,
        ColumnType.Time => s_time,
        ColumnType.Boolean => s_boolean,
        ColumnType.Bytes => s_bytes,
        _ => s_text,
    };

    /// <summary>Whether values of a type are numbers, which have a mean.</summary>
    public static bool AreNumbers(ColumnType type) => type.IsNumeric();

    /// <summary>Whether a text is a value of the type.</summary>
    public bool Accepts(string text) => Accepts(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a field, in UTF-8 and without its quotes, is a value of the type.</summary>
    public abstract bool Accepts(ReadOnlySpan<byte> field);

    /// <summary>Compares two values: negative, zero or positive.</summary>
    /// <returns>Null when the type has no order, or when either is NaN or not a value of the type.</returns>
    public virtual int? Compare(string a, string b) => null;

    /// <summary>
    /// The number of a value on the scale of bin edges; null when the type has none or the text is not a value.
    /// </summary>
    public virtual double? ToDouble(string text) => null;

    private sealed class OrderedGrammar<TGrammar>(string form, string example) : Grammar(form, example)
        where TGrammar : struct, IOrderedGrammar
    {
        public override bool HasOrder => true;

        public override bool Accepts(ReadOnlySpan<byte> field) => TGrammar.Parse(field, out _) is not Parsed.Invalid;

        public override int? Compare(string a, string b)
        {
            var (first, second) = (Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
            if (!HasKey(first, out var firstKey) || !HasKey(second, out var secondKey))
                return null;
            return firstKey == secondKey ? TGrammar.Compare(first, second) : firstKey.CompareTo(secondKey);
        }

        public override double? ToDouble(string text) =>
            HasKey(Encoding.UTF8.GetBytes(text), out var key) ? TGrammar.ToDouble(key) : null;

        private static bool HasKey(ReadOnlySpan<byte> text, out long key) =>
            TGrammar.Parse(text, out key) is Parsed.Exact or Parsed.Rounded;
    }

    private sealed class BooleanGrammar() : Grammar("true or false", "true")
    {
        public override bool Accepts(ReadOnlySpan<byte> field) =>
            field.SequenceEqual("true"u8) || field.SequenceEqual("false"u8);
    }

    private sealed class BytesGrammar() : Grammar("base64", "aGVsbG8=")
    {
        // The framework's check accepts white space, the dialect does not.
        public override bool Accepts(ReadOnlySpan<byte> field) =>
            Base64.IsValid(field) && !field.ContainsAny(" \t\r\n"u8);
    }

    private sealed class TextGrammar() : Grammar("text", "")
    {
        public override bool Accepts(ReadOnlySpan<byte> field) => true;
    }
}
