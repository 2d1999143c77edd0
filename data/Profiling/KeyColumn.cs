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

    private readonly TextCounts _benchmark;
    private readonly LeastTexts _least = new(Least);

    public KeyColumn(ColumnPlan plan)
        // A key is not compared with another version's: nobody needs to choose its bins.
        : base(plan with { BinRules = null })
    {
        _benchmark = new TextCounts(BinValues.Count);
        foreach (var value in BinValues)
            _benchmark.TrySeed(value);
    }

    /// <summary>
    /// Every value that repeats, and how often; perhaps others, too. Set before <see cref="CategoricalColumn.Finish"/>.
    /// </summary>
    public TextCounts Repeated { get; set; } = new();

    /// <summary>
    /// Rows that repeat a value which is not among those. Set before <see cref="CategoricalColumn.Finish"/>.
    /// </summary>
    public long UncomparedRepeats { get; set; }

    protected override long Distinct =>
        Rows - Nulls - UncomparedRepeats
        - Enumerable.Range(0, Repeated.Count).Sum(entry => Repeated.CountOf(entry) - 1);

    protected override bool IsExact => true;

    protected override IEnumerable<long>? CountsOfAll => null;

    protected override Breaches Observe(ReadOnlySpan<byte> value)
    {
        // The table is full of the benchmark's values, and refuses all others.
        _benchmark.TryAdd(value);
        _least.Add(value);
        return ValuesBreach(value);
    }

    protected override IEnumerable<ValueCount> MostFrequent(int count)
    {
        var repeated = Repeated.MostFrequent(count).Select(Repeated.Counted).Where(value => value.Count > 1);
        var single = _least.Texts
            .Where(text => Repeated.Find(text) is not (>= 0 and var entry) || Repeated.CountOf(entry) == 1)
            .Select(text => new ValueCount { Value = Encoding.UTF8.GetString(text), Count = 1 });
        return repeated.Concat(single).Take(count);
    }

    protected override long CountOf(ReadOnlySpan<byte> value) => _benchmark.CountOf(_benchmark.Find(value));
}
