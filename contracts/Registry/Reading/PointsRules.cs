using Benchmark.Contracts.Registry.Document;
using Benchmark.Data;
using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Checks that the points of a scorecard are those of bins that there will be.</summary>
internal sealed class PointsRules(string column, ColumnDriftSection own, Problems problems)
{
    // These bins depend on the data, so they may have points and need none.
    private static readonly string[] s_ofTheData = ["missing", "unseen", "other"];

    /// <param name="bins">The bins that people chose.</param>
    /// <param name="inherited">The model's codes.</param>
    /// <param name="type">The type that the bins are right for.</param>
    /// <param name="section">What else is written of the column.</param>
    public void Check(ChosenBins bins, IReadOnlyList<string> inherited, ColumnType type, ColumnSection section)
    {
        if (bins.Points is null)
            return;
        string[] known = [.. bins.Special ?? inherited, .. s_ofTheData];
        if (bins.Points.Count == 0 && !own.HasNames(nameof(own.Points)))
            Add("is empty", "Give the points of each bin, or remove 'points'.");
        else if (bins.Edges is not null || bins.Groups is not null)
            CheckNames(Names(bins, type), known, needed: true);
        else if (section.Values is { } values)
            CheckNames([.. values.Select(value => value.Text)], known, needed: false);
        else if (section.Type is { } declared && Grammar.Of(declared).HasOrder)
            Add("belongs to no bins: quantiles are other ones in each version", "Give the scorecard's 'edges'.");

        void Add(string problem, string hint) =>
            problems.Add(own.At(nameof(own.Points)), $"'points' of column '{column}' {problem}.", hint);
    }

    private void CheckNames(IReadOnlyList<string> names, IReadOnlyList<string> others, bool needed)
    {
        var given = own.Points!.Keys.DistinctBy(FrozenBins.NormalName).ToDictionary(FrozenBins.NormalName);
        string[] known = [.. names, .. others];
        foreach (var (name, written) in given.Where(bin => !known.Contains(bin.Key)))
            problems.Add(own.At(nameof(own.Points), written), $"column '{column}' has no bin {Problems.Quote(name)}.",
                Problems.Suggest(name, known, "Its bins are"));
        if (needed && names.Where(name => !given.ContainsKey(name)).ToList() is [_, ..] missing)
            problems.Add(own.At(nameof(own.Points)),
                $"'points' of column '{column}' has none of {string.Join(" and ", missing.Select(Problems.Quote))}.",
                "Every bin of a scorecard has points, if only 0.");
    }

    // Named by what names them in reports, so that the two cannot differ.
    private static IReadOnlyList<string> Names(ChosenBins bins, ColumnType type)
    {
        var scale = Grammar.Of(ChosenBins.ScaleOf(type));
        IReadOnlyList<double> edges = [.. (bins.Edges ?? []).Select(edge => scale.ToDouble(edge)!.Value)];
        var special = bins.Special ?? [];
        IReadOnlyList<string>? groups = bins.Groups is null ? null : [.. bins.Groups.Keys];
        var frozen = new FrozenBins
        {
            Kind = groups is null ? BinKind.Edges : BinKind.Categorical,
            Edges = groups is null ? edges : null,
            Closed = bins.Closed,
            Values = groups,
            Groups = groups is null ? null : [.. bins.Groups!.Values],
            Special = [.. special.Select(code => new ValueCount { Value = code, Count = 0 })],
            Counts = new long[groups?.Count ?? edges.Count + 1],
            Missing = 0,
        };
        return [.. frozen.Names(type).Except(s_ofTheData)];
    }
}
