using System.Text;

namespace Benchmark.Data.Profiling;

/// <summary>
/// A text column that is the key. Its values are counted without keeping them: each comes once, but for those that the
/// check of the key finds repeated.
/// </summary>
internal sealed class KeyColumn : CategoricalColumn
{
    // As many as the largest number of values that a profile names.
    private const int Least = 50;

    private readonly TextCounts _awaited;
    private readonly LeastTexts _least = new(Least);

    public KeyColumn(ColumnPlan plan)
        : base(plan)
    {
        _awaited = new TextCounts(BenchmarkValues.Count);
        foreach (var value in BenchmarkValues)
            _awaited.TrySeed(value);
    }

    /// <summary>
    /// Every value that came more than once, and how often; perhaps others, too. Set it before the end.
    /// </summary>
    public TextCounts Repeated { get; set; } = new();

    /// <summary>Values that came before and are not among those. Set it before the end.</summary>
    public long RepeatedElsewhere { get; set; }

    protected override long Distinct =>
        Rows - Nulls - RepeatedElsewhere - Enumerable.Range(0, Repeated.Count)
            .Sum(entry => Repeated.CountOf(entry) - 1);

    protected override bool IsExact => true;

    protected override Breaches Observe(ReadOnlySpan<byte> value)
    {
        // Full of what is awaited, it counts nothing else.
        _awaited.TryAdd(value);
        _least.Add(value);
        return IfNotAllowed(value);
    }

    protected override IEnumerable<ValueCount> MostFrequent(int count)
    {
        var repeated = Repeated.MostFrequent(count).Select(Repeated.Counted).Where(value => value.Count > 1);
        var single = _least.Texts
            .Where(text => Repeated.Find(text) is not (>= 0 and var entry) || Repeated.CountOf(entry) == 1)
            .Select(text => new ValueCount { Value = Encoding.UTF8.GetString(text), Count = 1 });
        return repeated.Concat(single).Take(count);
    }

    protected override long CountOf(ReadOnlySpan<byte> awaited) => _awaited.CountOf(_awaited.Find(awaited));
}
