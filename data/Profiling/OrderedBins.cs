using System.Text;
using Benchmark.Data.Dialect;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Profiling;

/// <summary>Counts ordered values in bins: a column's own, and those it is compared with. Pure.</summary>
/// <param name="statistics">Of all values that are no special codes.</param>
/// <param name="codes">The column's special codes; null when it has none.</param>
/// <param name="missing">Rows without a value that can be binned.</param>
internal sealed class OrderedBins<TGrammar>(
    Statistics<TGrammar> statistics, SpecialCodes<TGrammar>? codes, ColumnType type, long missing)
    where TGrammar : struct, IOrderedGrammar
{
    private readonly OrderedValues<TGrammar> _values = statistics.Values;

    /// <summary>A bin for each value.</summary>
    public FrozenBins Discrete(Func<long, string> spell) => new()
    {
        Kind = BinKind.Discrete,
        Values = [.. Enumerable.Range(0, _values.Distinct).Select(i => spell(_values.Key(i)))],
        Counts = [.. Enumerable.Range(0, _values.Distinct).Select(i => (long)_values.CountOf(i))],
        Special = codes?.Counted,
        Missing = missing,
    };

    /// <summary>Bins of about as many values each.</summary>
    public FrozenBins Quantile(int bins) => Between(statistics.Edges(bins), BinKind.Quantile, ClosedSide.Right);

    /// <summary>Bins between edges that people chose.</summary>
    public FrozenBins Between(IReadOnlyList<double> edges, ClosedSide closed) => Between(edges, BinKind.Edges, closed);

    /// <summary>The values in the bins of a benchmark; null when it has none that they can be counted in.</summary>
    public BinTally? Tally(ColumnProfile? benchmark)
    {
        if (benchmark is not { Bins: { Kind: not BinKind.Categorical } bins } against
            || !type.IsComparableWith(against.Type))
        {
            return null;
        }
        var (special, values) = Apart(bins.Special ?? [], against.Type);
        var counts = bins.Edges is { } edges
            ? CountBetween(values, edges, bins.Closed)
            : CountEqual(values, bins.Values!, against.Type);
        var unseen = values.Values.Count - counts.Sum();
        return new BinTally
        {
            Counts = counts,
            Special = special,
            Unseen = unseen,
            UnseenValues = UnseenCounts.Of(
                Enumerable.Range(0, values.Values.Distinct).Select(i => (long)values.Values.CountOf(i)), counts, unseen),
            Missing = missing,
            OutOfRange = against is { Min: { } min, Max: { } max }
                ? values.CountBelow(Grammar.Of(against.Type).ToDouble(min) ?? double.NegativeInfinity)
                    + values.Values.Count - values.CountUpTo(
                        Grammar.Of(against.Type).ToDouble(max) ?? double.PositiveInfinity)
                : 0,
        };
    }

    private FrozenBins Between(IReadOnlyList<double> edges, BinKind kind, ClosedSide closed) => new()
    {
        Kind = kind,
        Edges = edges,
        Closed = closed,
        Counts = CountBetween(statistics, edges, closed),
        Special = codes?.Counted,
        Missing = missing,
    };

    // Takes the benchmark's codes from the values, and puts back what only today's registry calls a code.
    private (long[] Counts, Statistics<TGrammar> Values) Apart(IReadOnlyList<ValueCount> special, ColumnType theirs)
    {
        var own = codes?.Keys ?? [];
        var wanted = special.Select(code => Identity.Of(code.Value, theirs, type)).ToList();
        long[] counts = [.. wanted.Select(code =>
            CountOf(statistics, code) + own.Where(value => code.Is(value.Key)).Sum(value => value.Count))];
        var put = own.Where(value => !wanted.Exists(code => code.Is(value.Key))).ToList();
        return put.Count == 0 && wanted.TrueForAll(code => CountOf(statistics, code) == 0)
            ? (counts, statistics)
            : (counts, new Statistics<TGrammar>(_values.Change(key => wanted.Exists(code => code.Is(key)), put)));
    }

    private static int CountOf(Statistics<TGrammar> values, Identity value) =>
        value.Key is { } key ? values.CountOf(key, value.Number)
        : values.CountUpTo(value.Number) - values.CountBelow(value.Number);

    private static long[] CountBetween(Statistics<TGrammar> values, IReadOnlyList<double> edges, ClosedSide closed)
    {
        var counts = new long[edges.Count + 1];
        var below = 0;
        for (var i = 0; i < edges.Count; i++)
        {
            // What stands twice is a bin of its own, and not part of the one below.
            var enclosed = i + 1 < edges.Count && edges[i + 1] == edges[i];
            var upTo = enclosed || closed == ClosedSide.Left ? values.CountBelow(edges[i]) : values.CountUpTo(edges[i]);
            counts[i] = upTo - below;
            below = upTo;
        }
        counts[^1] = values.Values.Count - below;
        return counts;
    }

    private long[] CountEqual(Statistics<TGrammar> values, IReadOnlyList<string> bins, ColumnType binType)
    {
        var counts = new long[bins.Count];
        var previous = double.NaN;
        for (var i = 0; i < counts.Length; i++)
        {
            var value = Identity.Of(bins[i], binType, type);
            // Values that share a number are counted once.
            if (value.Key is not null || value.Number != previous)
                counts[i] = CountOf(values, value);
            previous = value.Number;
        }
        return counts;
    }

    // What a value is known by: of another type only its number, which long integers share. NaN is none.
    private readonly record struct Identity(long? Key, double Number)
    {
        public static Identity Of(string value, ColumnType valueType, ColumnType type)
        {
            var number = Grammar.Of(valueType).ToDouble(value) ?? double.NaN;
            return valueType == type && TGrammar.Parse(Encoding.UTF8.GetBytes(value), out var key) >= Parsed.Exact
                ? new Identity(key, number)
                : new Identity(null, number);
        }

        public bool Is(long key) => Key is { } own ? key == own : TGrammar.ToDouble(key) == Number;
    }
}
