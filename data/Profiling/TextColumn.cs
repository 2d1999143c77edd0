using System.IO.Hashing;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// A column of text, booleans or bytes. Past a million distinct values, or where there is no memory for them, new ones
/// are counted together as <c>other</c>, and their number is estimated.
/// </summary>
internal sealed class TextColumn : CategoricalColumn
{
    private const int MaxDistinct = 1 << 20;

    private readonly TextCounts _counts;
    // Null for text, which accepts every value.
    private readonly Grammar? _grammar;
    private readonly List<Breaches> _judged = [];
    private DistinctSketch? _distinct;

    public TextColumn(ColumnPlan plan, MemoryBudget memory)
        : base(plan)
    {
        _grammar = plan.Type == ColumnType.String ? null : Grammar.Of(plan.Type);
        _counts = new TextCounts(MaxDistinct, memory);
        // Known before the first row, so that they are counted exactly even in a column past the limit.
        foreach (var value in BinValues)
        {
            if (_counts.TrySeed(value) && _counts.Count > _judged.Count)
                _judged.Add(IsSpecial(value) ? Breaches.None : ValuesBreach(value));
        }
    }

    protected override long Distinct =>
        _distinct?.Estimate() ?? _counts.Count - BinValues.Count(value => CountOf(value) == 0);

    protected override bool IsExact => _distinct is null;

    protected override Breaches Observe(ReadOnlySpan<byte> value)
    {
        if (_grammar is not null && !_grammar.Accepts(value))
        {
            Unreadable++;
            return Breaches.Type;
        }
        var entry = _counts.Add(value);
        if (entry < 0)
            EstimateDistinct(value);
        if (AllowsAll)
            return Breaches.None;
        if (entry < 0)
            return ValuesBreach(value);
        // A new entry is the last: each value is judged once.
        if (entry == _judged.Count)
            _judged.Add(ValuesBreach(value));
        return _judged[entry];
    }

    protected override IEnumerable<ValueCount> MostFrequent(int count) =>
        _counts.MostFrequent(count).Select(_counts.Counted);

    protected override IEnumerable<long>? CountsOfAll =>
        IsExact ? Enumerable.Range(0, _counts.Count).Select(_counts.CountOf) : null;

    protected override long CountOf(ReadOnlySpan<byte> value) => _counts.CountOf(_counts.Find(value));

    private void EstimateDistinct(ReadOnlySpan<byte> value)
    {
        if (_distinct is null)
        {
            _distinct = new DistinctSketch();
            for (var entry = 0; entry < _counts.Count; entry++)
                _distinct.Add(_counts.HashOf(entry));
        }
        _distinct.Add(XxHash3.HashToUInt64(value));
    }
}
