using System.Text;
using Benchmark.Data.Dialect;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Profiling;

/// <summary>
/// A column of numbers, dates or times. Exact, in 2 or 8 bytes a row once it has many distinct values, for as long as there is
/// memory for them.
/// </summary>
internal sealed class OrderedColumn<TOrder> : ColumnAccumulator
    where TOrder : struct, IOrdered
{
    private const int TopValues = 10;

    private readonly MemoryBudget _memory;
    private readonly RangeLimits<TOrder> _range;
    private readonly AllowedValues<TOrder> _listed;
    private readonly Spellings _spelled = new();
    private FewValues _few = new(TOrder.Few);
    private int _decimals;
    private ManyValues<TOrder>? _many;
    // Short numbers from the one to the other are allowed, and neither the least nor the greatest.
    private int _ordinaryFrom = int.MaxValue;
    private int _ordinaryTo = int.MinValue;
    private Extreme _least = new(long.MaxValue);
    private Extreme _greatest = new(long.MinValue);
    private bool _rounded;

    public OrderedColumn(ColumnPlan plan, MemoryBudget memory)
        : base(plan)
    {
        _memory = memory;
        _range = new RangeLimits<TOrder>(plan.Rules?.Min, plan.Rules?.Max, plan.Type);
        _listed = new AllowedValues<TOrder>(plan.Rules?.Values);
    }

    public override string? RangeProblem => _range.Problem;

    protected override Breaches Take(ReadOnlySpan<byte> value)
    {
        if (_many is not { AreShort: true } many
            || !TOrder.TryParseShort(value, out var number)
            || !many.TryAdd(number, out var multiple))
        {
            return TakeAny(value);
        }
        return multiple >= _ordinaryFrom && multiple <= _ordinaryTo
            ? Breaches.None
            : JudgeShort(multiple, many.Decimals, value);
    }

    private Breaches JudgeShort(int multiple, int decimals, ReadOnlySpan<byte> value)
    {
        var breaches = Judge(TOrder.KeyOf(multiple, decimals), value);
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

    private Breaches TakeAny(ReadOnlySpan<byte> value)
    {
        var parsed = TOrder.Parse(value, out var key);
        if (parsed >= Parsed.Exact)
        {
            _rounded |= parsed == Parsed.Rounded;
            Keep(key, value);
            return Judge(key, value);
        }
        if (parsed == Parsed.Bad)
        {
            Unreadable++;
            return Breaches.Type;
        }
        Nans++;
        // NaN is missing to statistics, and lies within no range.
        return IfRequired | IfNotAllowed(value) | (_range.Exists ? Breaches.Range : Breaches.None);
    }

    public override ColumnOutcome Finish(SortBuffers buffers)
    {
        var values = _many?.Ordered(buffers) ?? _few.Ordered<TOrder>();
        var summary = _many?.Summary;
        var statistics = new Statistics(values);
        var moments = !Scale.IsNumeric(Plan.Type) ? null : summary is null ? values.Moments() : summary.Moments;
        var profile = new ColumnProfile
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
            Top = [.. statistics.MostFrequent(TopValues).Select(Named).Where(value => summary is null || IsCertain(value))],
            Bins = summary is null && values.Distinct <= Plan.Bins ? EachValue(values) : AtQuantiles(statistics),
        };
        return new ColumnOutcome(profile, Tally(Plan.Against, statistics), Tally(Plan.Anchor, statistics));

        ValueCount Named(int i) => new() { Value = Spelled(values.Key(i)), Count = values.CountOf(i) };
    }

    private void Keep(long key, ReadOnlySpan<byte> value)
    {
        if (_many is null && _few.TryAdd(key, out var first))
        {
            if (first)
                Know(key, value);
            return;
        }
        if (_many is null)
        {
            _many = new ManyValues<TOrder>(_few, _decimals, _memory);
            _few = new(0);
            if (TOrder.TryParseShort(value, out var number) && _many.TryAdd(number, out _))
                return;
        }
        _many.Add(key);
    }

    private void Know(long key, ReadOnlySpan<byte> value)
    {
        _spelled.Add(key, value);
        if (TOrder.TryParseShort(value, out var number))
            _decimals = Math.Max(_decimals, number.Decimals);
    }

    // Of a summary, those that no error of its ranks makes up.
    private bool IsCertain(ValueCount value) => value.Count > 10 * QuantileSketch.RankError * Rows;

    private FrozenBins EachValue(OrderedValues values)
    {
        var indexes = Enumerable.Range(0, values.Distinct).ToList();
        return new FrozenBins
        {
            Kind = BinKind.Discrete,
            Values = [.. indexes.Select(i => Spelled(values.Key(i)))],
            Counts = [.. indexes.Select(i => (long)values.CountOf(i))],
            Missing = Missing,
        };
    }

    private FrozenBins AtQuantiles(Statistics statistics)
    {
        var edges = statistics.Edges(Plan.Bins);
        return new FrozenBins
        {
            Kind = BinKind.Quantile,
            Edges = edges,
            Counts = Between(edges, statistics),
            Missing = Missing,
        };
    }

    private BinTally? Tally(ColumnProfile? benchmark, Statistics statistics)
    {
        if (benchmark is not { Bins: { Kind: not BinKind.Categorical } bins } against
            || !Scale.Comparable(Plan.Type, against.Type))
        {
            return null;
        }
        var all = Rows - Missing;
        var counts = bins.Kind == BinKind.Quantile
            ? Between(bins.Edges!, statistics)
            : Equal(bins.Values!, against.Type, statistics);
        return new BinTally
        {
            Counts = counts,
            Unseen = all - counts.Sum(),
            Missing = Missing,
            OutOfRange = against is { Min: { } min, Max: { } max }
                ? statistics.CountBelow(Scale.Read(against.Type, min) ?? double.NegativeInfinity)
                    + all - statistics.CountUpTo(Scale.Read(against.Type, max) ?? double.PositiveInfinity)
                : 0,
        };
    }

    private long[] Between(IReadOnlyList<double> edges, Statistics statistics)
    {
        var counts = new long[edges.Count + 1];
        var before = 0L;
        for (var i = 0; i < edges.Count; i++)
        {
            var upTo = statistics.CountUpTo(edges[i]);
            counts[i] = upTo - before;
            before = upTo;
        }
        counts[^1] = Rows - Missing - before;
        return counts;
    }

    private long[] Equal(IReadOnlyList<string> values, ColumnType type, Statistics statistics)
    {
        var counts = new long[values.Count];
        var before = double.NaN;
        for (var i = 0; i < counts.Length; i++)
        {
            if (Scale.Read(type, values[i]) is not { } number)
                continue;
            // Of another type a value can only be known by its number. Those that share one are counted once.
            counts[i] = type == Plan.Type && TOrder.Parse(Encoding.UTF8.GetBytes(values[i]), out var key) >= Parsed.Exact
                ? statistics.CountOf(key, number)
                : number == before ? 0 : statistics.CountUpTo(number) - statistics.CountBelow(number);
            before = number;
        }
        return counts;
    }

    // As the file spelled it while there were few values; later as the dialect does.
    private string Spelled(long key) =>
        _spelled.Find(key) ?? TOrder.Spell(key, _least.Text!);

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
