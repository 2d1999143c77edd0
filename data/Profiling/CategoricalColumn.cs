using System.Text;
using Benchmark.Data.Dialect;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Profiling;

/// <summary>A column in which each value counts for itself.</summary>
internal abstract class CategoricalColumn : ColumnAccumulator
{
    private const int MaxBins = 50;
    private const int TopValues = 10;
    private const int FewestPrevalent = 10;

    private readonly FrozenBins? _against;
    private readonly FrozenBins? _anchor;
    private readonly IReadOnlyList<string> _special;

    protected CategoricalColumn(ColumnPlan plan)
        : base(plan)
    {
        _against = BinsOf(plan.Against);
        _anchor = BinsOf(plan.Anchor);
        _special = [.. (plan.BinRules?.Special ?? []).Distinct()];
        var grouped = (plan.BinRules?.Groups ?? new Dictionary<string, IReadOnlyList<string>>()).Values;
        BinValues = [.. ValuesOf(_against).Union(ValuesOf(_anchor)).Union(_special)
            .Union(grouped.SelectMany(texts => texts)).Select(Encoding.UTF8.GetBytes)];
    }

    public override string? BinsProblem => Plan.BinRules is null ? null
        : Plan.Type == ColumnType.Bytes ? "a column of type bytes has no bins"
        : Plan.BinRules.Edges is not null ? $"a column of type {Plan.Type.Word()} has no edges"
        : NotOfType("special code", Plan.BinRules.Special) ?? GroupsProblem();

    /// <summary>
    /// Values that have a bin or a part in one, each once, in a benchmark or by people's choice: they are counted
    /// exactly in any case.
    /// </summary>
    protected IReadOnlyList<byte[]> BinValues { get; }

    /// <summary>How many values there are, special codes included.</summary>
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
        var distinct = Distinct - _special.Count(code => CountOf(code) > 0);
        var profile = new ColumnProfile
        {
            Name = Plan.Name,
            Type = Plan.Type,
            Count = Rows - Nulls,
            Nulls = Nulls,
            Distinct = distinct,
            DistinctExact = IsExact,
            // Bytes are neither read nor compared by people.
            Top = Plan.Type == ColumnType.Bytes ? [] : [.. Frequent(TopValues)],
            Bins = Plan.Type == ColumnType.Bytes ? null : Bins(distinct),
        };
        return new ColumnOutcome(profile, Tally(_against), Tally(_anchor));
    }

    /// <summary>Whether a value is a code, which no rule is kept or broken by.</summary>
    protected bool IsSpecial(ReadOnlySpan<byte> value) =>
        _special.Count > 0 && _special.Contains(Encoding.UTF8.GetString(value));

    private FrozenBins? BinsOf(ColumnProfile? benchmark) =>
        benchmark is { Bins.Kind: BinKind.Categorical } && Plan.Type.IsComparableWith(benchmark.Type)
            ? benchmark.Bins : null;

    private static IEnumerable<string> ValuesOf(FrozenBins? bins) =>
        (bins?.Groups?.SelectMany(texts => texts) ?? bins?.Values ?? [])
            .Concat(bins?.Special?.Select(code => code.Value) ?? []);

    private FrozenBins Bins(long distinct)
    {
        var bins = Plan.BinRules?.Groups is { } groups && GroupsProblem() is null ? Grouped(groups) : Single(distinct);
        var special = _special.Select(code => new ValueCount { Value = code, Count = CountOf(code) }).ToList();
        var other = Rows - Missing - special.Sum(code => code.Count) - bins.Counts.Sum();
        return bins with
        {
            Special = special.Count == 0 ? null : special,
            Other = other > 0 ? other : null,
        };
    }

    // A bin for each value of few. Of many, those that are frequent: chance moves a count by its own square root, so
    // that the values which chance alone brought to the square root of all rows add less to a PSI than its noise.
    private FrozenBins Single(long distinct)
    {
        var often = Math.Sqrt(Rows - Missing - _special.Sum(CountOf));
        List<ValueCount> values = IsExact && distinct <= MaxBins
            ? [.. Frequent(MaxBins)]
            : [.. Frequent(MaxBins - 1).TakeWhile(value => value.Count >= often)];
        return new FrozenBins
        {
            Kind = BinKind.Categorical,
            Values = [.. values.Select(value => value.Value)],
            Counts = [.. values.Select(value => value.Count)],
            Missing = Missing,
        };
    }

    private FrozenBins Grouped(IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        var texts = groups.Values.Select(group => group.Distinct().Except(_special).ToList()).ToList();
        return new FrozenBins
        {
            Kind = BinKind.Categorical,
            Values = [.. groups.Keys],
            Groups = texts,
            Counts = [.. texts.Select(group => group.Sum(CountOf))],
            Missing = Missing,
        };
    }

    private BinTally? Tally(FrozenBins? against)
    {
        if (against is null)
            return null;
        long[] counts = against.Groups is { } groups
            ? [.. groups.Select(texts => texts.Sum(CountOf))]
            : [.. against.Values!.Select(CountOf)];
        long[] special = [.. (against.Special ?? []).Select(code => CountOf(code.Value))];
        var unbinned = Rows - Missing - counts.Sum() - special.Sum();
        var unbinnedValues = UnseenCounts.Of(CountsOfAll, [.. ValuesOf(against).Select(CountOf)], unbinned);
        // Which values were in the benchmark's 'other' is not kept: a value without a bin is one of them, but for one
        // that is too frequent to have been there.
        var unseen = against.Other is null ? unbinned
            : against.Groups is null ? Prevalent(unbinnedValues, Rows - Missing - special.Sum()) : 0;
        return new BinTally
        {
            Counts = counts,
            Special = special,
            Other = unbinned - unseen,
            Unseen = unseen,
            UnseenValues = against.Other is null ? unbinnedValues : null,
            Missing = Missing,
        };
    }

    // The benchmark's bins hold its frequent values, so by chance none of the others comes to half of the rows.
    private static long Prevalent(IReadOnlyList<long>? values, long rowsWithValue) =>
        values is [_, ..] && values.Max() is >= FewestPrevalent and var most && 2 * most >= rowsWithValue ? most : 0;

    private IEnumerable<ValueCount> Frequent(int count) => MostFrequent(count + _special.Count)
        .Where(value => !_special.Contains(value.Value)).Take(count);

    private long CountOf(string value) => CountOf(Encoding.UTF8.GetBytes(value));

    private string? GroupsProblem()
    {
        if (Plan.BinRules?.Groups is not { } groups)
            return null;
        var shared = groups.SelectMany(group => group.Value.Distinct().Select(text => (Name: group.Key, Text: text)))
            .GroupBy(member => member.Text, member => member.Name).FirstOrDefault(names => names.Count() > 1);
        return shared is null
            ? NotOfType("value", groups.SelectMany(group => group.Value))
            : $"{shared.Key} is in two groups, {string.Join(" and ", shared.Take(2))}";
    }

    private string? NotOfType(string what, IEnumerable<string> values)
    {
        var grammar = Grammar.Of(Plan.Type);
        return values.FirstOrDefault(value => !grammar.Accepts(value)) is { } other
            ? $"the {what} {other} is not {grammar.Form}"
            : null;
    }
}
