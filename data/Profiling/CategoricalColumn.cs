using System.Text;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Profiling;

/// <summary>A column in which each value counts for itself.</summary>
internal abstract class CategoricalColumn : ColumnAccumulator
{
    private const int MaxBins = 50;
    private const int TopValues = 10;

    private readonly FrozenBins? _against;
    private readonly FrozenBins? _anchor;

    protected CategoricalColumn(ColumnPlan plan)
        : base(plan)
    {
        _against = BinsOf(plan.Against);
        _anchor = BinsOf(plan.Anchor);
        BenchmarkValues = [.. (_against?.Values ?? []).Union(_anchor?.Values ?? []).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Values that have a bin in a benchmark, each once: they are counted exactly in any case.</summary>
    protected IReadOnlyList<byte[]> BenchmarkValues { get; }

    protected abstract long Distinct { get; }

    /// <summary>Whether every value was counted by itself.</summary>
    protected abstract bool IsExact { get; }

    /// <summary>The most frequent values, most frequent first; equally frequent ones in byte order.</summary>
    protected abstract IEnumerable<ValueCount> MostFrequent(int count);

    protected abstract long CountOf(ReadOnlySpan<byte> value);

    /// <summary>Rows of every value; null when not every value was counted by itself.</summary>
    protected abstract IEnumerable<long>? CountsOfAll { get; }

    public override ColumnOutcome Finish(SortBuffers buffers)
    {
        var profile = new ColumnProfile
        {
            Name = Plan.Name,
            Type = Plan.Type,
            Count = Rows - Nulls,
            Nulls = Nulls,
            Distinct = Distinct,
            DistinctExact = IsExact,
            // Bytes are neither read nor compared by people.
            Top = Plan.Type == ColumnType.Bytes ? [] : [.. MostFrequent(TopValues)],
            Bins = Plan.Type == ColumnType.Bytes ? null : Bins(),
        };
        return new ColumnOutcome(profile, Tally(_against), Tally(_anchor));
    }

    private FrozenBins? BinsOf(ColumnProfile? benchmark) =>
        benchmark is { Bins.Kind: BinKind.Categorical } && Plan.Type.IsComparableWith(benchmark.Type)
            ? benchmark.Bins : null;

    private FrozenBins Bins()
    {
        var own = IsExact && Distinct <= MaxBins ? MaxBins : MaxBins - 1;
        var values = MostFrequent(own).ToList();
        var other = Rows - Missing - values.Sum(v => v.Count);
        return new FrozenBins
        {
            Kind = BinKind.Categorical,
            Values = [.. values.Select(v => v.Value)],
            Counts = [.. values.Select(v => v.Count)],
            Other = other > 0 ? other : null,
            Missing = Missing,
        };
    }

    private BinTally? Tally(FrozenBins? against)
    {
        if (against is null)
            return null;
        long[] counts = [.. against.Values!.Select(value => CountOf(Encoding.UTF8.GetBytes(value)))];
        var unbinned = Rows - Missing - counts.Sum();
        return new BinTally
        {
            Counts = counts,
            // Which values were in the benchmark's 'other' is not kept: a value without a bin is one of them.
            Other = against.Other is null ? 0 : unbinned,
            Unseen = against.Other is null ? unbinned : 0,
            UnseenValues = against.Other is null ? UnseenCounts.Of(CountsOfAll, counts, unbinned) : null,
            Missing = Missing,
        };
    }
}
