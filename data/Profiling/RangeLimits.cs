using System.Text;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>The least and greatest value that the registry allows in a column.</summary>
internal sealed class RangeLimits<TGrammar>
    where TGrammar : struct, IOrderedGrammar
{
    private readonly byte[] _minText = [];
    private readonly byte[] _maxText = [];
    private readonly long _min = long.MinValue;
    private readonly long _max = long.MaxValue;

    public RangeLimits(string? min, string? max, ColumnType type)
    {
        Exists = min is not null || max is not null;
        Problem = NotOfType("min", min, type) ?? NotOfType("max", max, type);
        if (Problem is not null)
            return;
        if (min is not null)
            (_minText, _min) = Read(min);
        if (max is not null)
            (_maxText, _max) = Read(max);
    }

    public bool Exists { get; }

    /// <summary>Why the registry's limits cannot be used; null when they can.</summary>
    public string? Problem { get; }

    public bool Allows(long key, ReadOnlySpan<byte> value)
    {
        if (key > _min && key < _max)
            return true;
        if (key < _min || key > _max)
            return false;
        // Equal keys: of long numbers only the digits tell which side of the limit they are.
        return (key != _min || _minText.Length == 0 || TGrammar.Compare(value, _minText) >= 0)
            && (key != _max || _maxText.Length == 0 || TGrammar.Compare(value, _maxText) <= 0);
    }

    private static (byte[] Text, long Key) Read(string limit)
    {
        var text = Encoding.UTF8.GetBytes(limit);
        TGrammar.Parse(text, out var key);
        return (text, key);
    }

    private static string? NotOfType(string which, string? limit, ColumnType type)
    {
        var grammar = Grammar.Of(type);
        return limit is null || grammar.Compare(limit, limit) is not null
            ? null
            : $"the registry's {which} {limit} is not {grammar.Form}";
    }
}
