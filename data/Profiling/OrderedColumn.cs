using System.Text;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// A column of numbers, dates or times. Exact, in 4 or 8 bytes a row once it has many distinct values, for as long as
/// there is memory for them.
/// </summary>
internal sealed class OrderedColumn<TGrammar> : ColumnAccumulator
    where TGrammar : struct, IOrderedGrammar
{
    private const int TopValues = 10;

    private readonly MemoryBudget _memory;
    private readonly RangeLimits<TGrammar> _range;
    private readonly AllowedValues<TGrammar> _listed;
    private readonly SpecialCodes<TGrammar>? _codes;
    private readonly OwnEdges? _edges;
    private readonly FewValues<TGrammar> _few = new();
    private ManyValues<TGrammar>? _many;
    // Short numbers between these bounds are allowed, and neither the least nor the greatest.
    private int _ordinaryFrom = int.MaxValue;
    private int _ordinaryTo = int.MinValue;
    private Extreme _least = new(long.MaxValue);
    private Extreme _greatest = new(long.MinValue);
    private bool _rounded;

    public OrderedColumn(ColumnPlan plan, MemoryBudget memory)
        : base(plan)
    {
        _memory = memory;
        _range = new RangeLimits<TGrammar>(plan.Min, plan.Max, plan.Type);
        _listed = new AllowedValues<TGrammar>(plan.Values);
        _codes = SpecialCodes<TGrammar>.Of(plan.BinRules?.Special ?? [], plan.Type);
        _edges = plan.BinRules?.Edges is { } edges ? new OwnEdges(edges, plan.Type) : null;
    }

    public override string? RangeProblem => _range.Problem;

    public override string? BinsProblem =>
        SpecialCodes<TGrammar>.ProblemOf(Plan.BinRules?.Special ?? [], Plan.Type)
        ?? (Plan.BinRules?.Groups is null ? null : $"a column of type {Plan.Type.Word()} has no groups of texts")
        ?? _edges?.Problem;

    public override ColumnOutcome Finish(SortBuffers buffers)
    {
        var statistics = new Statistics<TGrammar>(_many?.Ordered(buffers) ?? _few.Ordered());
        var bins = new OrderedBins<TGrammar>(statistics, _codes, Plan.Type, Missing);
        return new ColumnOutcome(Profile(statistics, bins), bins.Tally(Plan.Against), bins.Tally(Plan.Anchor));
    }

    protected override Breaches Observe(ReadOnlySpan<byte> value)
    {
        if (_many is null && _few.TryCount(value, out var breaches))
            return breaches;
        // A code is no value: no rule is kept or broken by it.
        if (_codes is not null && _codes.TryCount(value))
            return Breaches.None;
        if (_many is null
            || !_many.AreShort
            || !TGrammar.TryParseShort(value, out var number)
            || !_many.TryAdd(number, out var multiple))
        {
            return ObserveAny(value);
        }
        return multiple >= _ordinaryFrom && multiple <= _ordinaryTo
            ? Breaches.None
            : JudgeShort(multiple, _many.Decimals, value);
    }

    private Breaches ObserveAny(ReadOnlySpan<byte> value)
    {
        var parsed = TGrammar.Parse(value, out var key);
        if (parsed >= Parsed.Exact)
        {
            _rounded |= parsed == Parsed.Rounded;
            var breaches = Judge(key, value);
            Store(value, key, breaches);
            return breaches;
        }
        if (parsed == Parsed.Invalid)
        {
            Unreadable++;
            return Breaches.Type;
        }
        Nans++;
        // NaN is missing to statistics, and lies within no range.
        return RequiredBreach | ValuesBreach(value) | (_range.Exists ? Breaches.Range : Breaches.None);
    }

    private void Store(ReadOnlySpan<byte> value, long key, Breaches breaches)
    {
        if (_many is null && _few.TryAdd(value, key, breaches))
            return;
        _many ??= ManyValues<TGrammar>.From(_few, _memory);
        _many.Add(value, key);
    }

    private Breaches JudgeShort(int multiple, int decimals, ReadOnlySpan<byte> value)
    {
        var breaches = Judge(TGrammar.KeyOf(multiple, decimals), value);
        if (breaches == Breaches.None && !_listed.Exist)
        {
            _ordinaryFrom = Math.Min(_ordinaryFrom, multiple);
            _ordinaryTo = Math.Max(_ordinaryTo, multiple);
        }
        return breaches;
    }

    private Breaches Judge(long key, ReadOnlySpan<byte> value)
    {
        if (key < _least.Key)
            _least.Set(key, value);
        if (key > _greatest.Key)
            _greatest.Set(key, value);
        return (_range.Allows(key, value) ? Breaches.None : Breaches.Range)
            | (_listed.Allows(key, value) ? Breaches.None : Breaches.Values);
    }

    private ColumnProfile Profile(Statistics<TGrammar> statistics, OrderedBins<TGrammar> bins)
    {
        var values = statistics.Values;
        var summary = _many?.Summary;
        var moments = !Plan.Type.IsNumeric() ? null : summary?.MeanAndStddev() ?? statistics.MeanAndStddev();
        return new ColumnProfile
        {
            Name = Plan.Name,
            Type = Plan.Type,
            Count = Rows - Nulls,
            Nulls = Nulls,
            Nans = Nans,
            Distinct = summary?.Distinct ?? values.Distinct,
            DistinctExact = !_rounded && summary is null,
            RankError = summary is null ? null : QuantileSketch.RankError,
            Min = _least.Text,
            Max = _greatest.Text,
            Mean = moments?.Mean,
            Stddev = moments?.Stddev,
            Quantiles = statistics.Quantiles(),
            Top = [.. statistics.MostFrequent(TopValues).Select(Named)
                .Where(value => summary is null || IsCertain(value))],
            Bins = _edges?.Numbers is { } edges ? bins.Between(edges, Plan.BinRules!.Closed)
                : summary is null && values.Distinct <= Plan.Bins ? bins.Discrete(Format)
                : bins.Quantile(Plan.Bins),
        };

        ValueCount Named(int i) => new() { Value = Format(values.Key(i)), Count = values.CountOf(i) };
    }

    // A sketch's counts may be off by twice the rank error: of those, only the ones far above it are named.
    private bool IsCertain(ValueCount value) => value.Count > 10 * QuantileSketch.RankError * Rows;

    // As the file spells it when it was among the first values; otherwise as the dialect does.
    private string Format(long key) => _few.Spelling(key) ?? TGrammar.Format(key, _least.Text!);

    // The least or greatest key so far and its spelling; the buffer is reused, for sorted files set it with every row.
    private struct Extreme(long key)
    {
        private byte[]? _text;
        private int _length;

        public long Key { get; private set; } = key;

        public readonly string? Text => _text is null ? null : Encoding.UTF8.GetString(_text, 0, _length);

        public void Set(long key, ReadOnlySpan<byte> text)
        {
            Key = key;
            if (_text is null || _text.Length < text.Length)
                _text = new byte[Math.Max(32, text.Length)];
            text.CopyTo(_text);
            _length = text.Length;
        }
    }
}
