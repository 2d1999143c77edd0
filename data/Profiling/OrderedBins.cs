using System.Text;
using Benchmark.Data.Dialect;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Profiling;

/// <summary>Counts ordered values in bins: a column's own, and those it is compared with. Pure.</summary>
/// <param name="missing">Rows without a value that can be binned.</param>
internal sealed class OrderedBins<TGrammar>(Statistics<TGrammar> statistics, ColumnType type, long missing)
    where TGrammar : struct, IOrderedGrammar
{
    private readonly OrderedValues<TGrammar> _values = statistics.Values;

    /// <summary>A bin for each value.</summary>
    public FrozenBins Discrete(Func<long, string> spell) => new()
    {
        Kind = BinKind.Discrete,
        Values = [.. Enumerable.Range(0, _values.Distinct).Select(i => spell(_values.Key(i)))],
        Counts = [.. Enumerable.Range(0, _values.Distinct).Select(i => (long)_values.CountOf(i))],
        Missing = missing,
    };

    /// <summary>Bins of about as many values each.</summary>
    public FrozenBins Quantile(int bins)
    {
        var edges = statistics.Edges(bins);
        return new FrozenBins
        {
            Kind = BinKind.Quantile,
            Edges = edges,
            Counts = CountBetween(edges),
            Missing = missing,
        };
    }

    /// <summary>The values in the bins of a benchmark; null when it has none that they can be counted in.</summary>
    public BinTally? Tally(ColumnProfile? benchmark)
    {
        if (benchmark is not { Bins: { Kind: not BinKind.Categorical } bins } against
            || !type.IsComparableWith(against.Type))
        {
            return null;
        }
        var counts = bins.Kind == BinKind.Quantile ? CountBetween(bins.Edges!) : CountEqual(bins.Values!, against.Type);
        var unseen = _values.Count - counts.Sum();
        return new BinTally
        {
            Counts = counts,
            Unseen = unseen,
            UnseenValues = UnseenCounts.Of(
                Enumerable.Range(0, _values.Distinct).Select(i => (long)_values.CountOf(i)), counts, unseen),
            Missing = missing,
            OutOfRange = against is { Min: { } min, Max: { } max }
                ? statistics.CountBelow(Grammar.Of(against.Type).ToDouble(min) ?? double.NegativeInfinity)
                    + _values.Count - statistics.CountUpTo(
                        Grammar.Of(against.Type).ToDouble(max) ?? double.PositiveInfinity)
                : 0,
        };
    }

    private long[] CountBetween(IReadOnlyList<double> edges)
    {
        var counts = new long[edges.Count + 1];
        var below = 0;
        for (var i = 0; i < edges.Count; i++)
        {
            var upTo = statistics.CountUpTo(edges[i]);
            counts[i] = upTo - below;
            below = upTo;
        }
        counts[^1] = _values.Count - below;
        return counts;
    }

    private long[] CountEqual(IReadOnlyList<string> values, ColumnType valueType)
    {
        var counts = new long[values.Count];
        var previous = double.NaN;
        for (var i = 0; i < counts.Length; i++)
        {
            if (Grammar.Of(valueType).ToDouble(values[i]) is not { } number)
                continue;
            // Of another type a value can only be known by its number. Those that share one are counted once.
            counts[i] = valueType == type
                && TGrammar.Parse(Encoding.UTF8.GetBytes(values[i]), out var key) >= Parsed.Exact
                ? statistics.CountOf(key, number)
                : number == previous ? 0 : statistics.CountUpTo(number) - statistics.CountBelow(number);
            previous = number;
        }
        return counts;
    }
}
