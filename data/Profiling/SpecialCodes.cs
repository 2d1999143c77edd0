using System.Text;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// Codes that are no values, such as -999, and how many rows hold each; compared by what they are: -999.00 is -999.
/// </summary>
internal sealed class SpecialCodes<TGrammar>
    where TGrammar : struct, IOrderedGrammar
{
    private readonly Code[] _codes;
    private readonly long[] _counts;

    private SpecialCodes(Code[] codes) => (_codes, _counts) = (codes, new long[codes.Length]);

    /// <summary>The codes as people spell them, with the rows that hold each.</summary>
    public IReadOnlyList<ValueCount> Counted =>
        [.. _codes.Select((code, i) => new ValueCount { Value = code.Spelling, Count = _counts[i] })];

    /// <summary>Their keys, with the rows that hold each.</summary>
    public IReadOnlyList<(long Key, long Count)> Keys => [.. _codes.Select((code, i) => (code.Key, _counts[i]))];

    /// <summary>The codes among some spellings that are values of a type; null when there is none.</summary>
    public static SpecialCodes<TGrammar>? Of(IReadOnlyList<string> spellings, ColumnType type)
    {
        List<Code> codes = [];
        foreach (var code in spellings.Where(spelling => IsOf(spelling, type)).Select(Read))
        {
            if (!codes.Exists(known => known.Is(code.Key, code.Text)))
                codes.Add(code);
        }
        return codes.Count == 0 ? null : new SpecialCodes<TGrammar>([.. codes]);
    }

    /// <summary>Why some spellings cannot be codes of a type; null when all can.</summary>
    public static string? ProblemOf(IReadOnlyList<string> spellings, ColumnType type) =>
        spellings.FirstOrDefault(spelling => !IsOf(spelling, type)) is { } other
            ? $"the special code {other} is not {Grammar.Of(type).Form}"
            : null;

    /// <summary>Counts a code; false for a value.</summary>
    public bool TryCount(ReadOnlySpan<byte> value)
    {
        if (TGrammar.Parse(value, out var key) < Parsed.Exact)
            return false;
        for (var i = 0; i < _codes.Length; i++)
        {
            if (!_codes[i].Is(key, value))
                continue;
            _counts[i]++;
            return true;
        }
        return false;
    }

    // NaN compares with nothing: it counts as missing without being a code.
    private static bool IsOf(string spelling, ColumnType type)
    {
        var value = ValueOf(spelling);
        return Grammar.Of(type).Compare(value, value) is not null;
    }

    private static Code Read(string spelling)
    {
        var text = Encoding.UTF8.GetBytes(ValueOf(spelling));
        TGrammar.Parse(text, out var key);
        return new Code(spelling, text, key);
    }

    // An integer may be spelled as a number without a fraction: -999.0.
    private static string ValueOf(string spelling) =>
        typeof(TGrammar) == typeof(IntegerGrammar) && spelling.Contains('.', StringComparison.Ordinal)
            ? spelling.TrimEnd('0').TrimEnd('.')
            : spelling;

    private readonly record struct Code(string Spelling, byte[] Text, long Key)
    {
        // Equal keys: of long numbers only the digits tell whether they are one.
        public bool Is(long key, ReadOnlySpan<byte> value) => Key == key && TGrammar.Compare(value, Text) == 0;
    }
}
