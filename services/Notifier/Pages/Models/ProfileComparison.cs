using Benchmark.Data;
using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;
using Benchmark.Notifier.Pages.Charts;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>
/// The rows of one profile in the frozen bins of another, so that a page opens no data. Exact where both have the same
/// bins, or the data so few values that each has one; else an estimate from bins, percentiles and frequent values.
/// </summary>
/// <param name="Bins">The bins with both shares.</param>
/// <param name="IsExact">Whether the shares are counted rather than estimated.</param>
internal sealed record ProfileComparison(IReadOnlyList<BinShare> Bins, bool IsExact)
{
    /// <summary>Compares a column; null where it has no bins or is of another kind.</summary>
    public static ProfileComparison? Of(ColumnProfile expected, ColumnProfile actual)
    {
        if (expected.Bins is not { } frozen || actual.Bins is not { } own || !AreOfOneScale(expected.Type, actual.Type))
            return null;
        if (Rows(frozen) == 0 || Rows(own) == 0)
            return null;
        var isText = !Grammar.Of(expected.Type).HasOrder;
        if (isText && own.Groups is not null && !HaveSameBins(frozen, own))
            return null;
        var (counts, isExact) = HaveSameBins(frozen, own) ? ([.. own.Counts.Select(rows => (double)rows)], true)
            : isText ? Texts(frozen, actual) : Numbers(expected, actual);
        List<double> special = [.. (frozen.Special ?? []).Select(code => Special(code, own))];
        var rest = Math.Max(0, Rows(own) - own.Missing - counts.Sum() - special.Sum());
        // Like the names: a bin for the rest, unless those between edges take all.
        var hasRest = frozen.Other is not null || frozen.Edges is null;
        var before = Shares(
            [.. frozen.Counts, .. (frozen.Special ?? []).Select(code => code.Count)],
            hasRest ? frozen.Other ?? 0 : null, frozen.Missing);
        var now = Shares([.. counts, .. special], hasRest ? rest : null, own.Missing);
        return new ProfileComparison(
            [.. frozen.Names(expected.Type).Zip(before, now).Select(bin =>
                new BinShare(bin.First, bin.Second, bin.Third))],
            isExact && expected.RankError is null && actual.RankError is null);
    }

    private static IEnumerable<double> Shares(IReadOnlyList<double> counts, double? rest, long missing)
    {
        var all = counts.Sum() + (rest ?? 0) + missing;
        return [.. counts.Concat(rest is { } rows ? [rows, missing] : [missing]).Select(count => count / all)];
    }

    private static bool AreOfOneScale(ColumnType a, ColumnType b) =>
        a == b || (Grammar.AreNumbers(a) && Grammar.AreNumbers(b));

    private static long Rows(FrozenBins bins) =>
        bins.Counts.Sum() + (bins.Special ?? []).Sum(code => code.Count) + (bins.Other ?? 0) + bins.Missing;

    private static bool HaveSameBins(FrozenBins a, FrozenBins b) =>
        a.Kind == b.Kind && a.Closed == b.Closed && Codes(a).SequenceEqual(Codes(b))
        && (a.Edges ?? []).SequenceEqual(b.Edges ?? []) && (a.Values ?? []).SequenceEqual(b.Values ?? [])
        && (a.Groups ?? []).SelectMany(texts => texts).SequenceEqual((b.Groups ?? []).SelectMany(texts => texts));

    private static IEnumerable<string> Codes(FrozenBins bins) => (bins.Special ?? []).Select(code => code.Value);

    // A code that the data's own profile does not know is among its values, where it cannot be told apart.
    private static double Special(ValueCount code, FrozenBins own) =>
        (own.Special ?? []).FirstOrDefault(known => known.Value == code.Value)?.Count ?? 0;

    private static (IReadOnlyList<double> Counts, bool IsExact) Texts(FrozenBins frozen, ColumnProfile actual)
    {
        var own = actual.Bins!;
        var rows = actual.Top.ToDictionary(value => value.Value, value => value.Count);
        foreach (var (text, count) in own.Values!.Zip(own.Counts))
            rows[text] = count;
        var groups = frozen.Groups ?? [.. frozen.Values!.Select(text => (IReadOnlyList<string>)[text])];
        return (
            [.. groups.Select(texts => (double)texts.Sum(text => rows.GetValueOrDefault(text)))],
            own.Other is null or 0 || groups.SelectMany(texts => texts).All(rows.ContainsKey));
    }

    private static (IReadOnlyList<double> Counts, bool IsExact) Numbers(ColumnProfile expected, ColumnProfile actual)
    {
        var masses = NumberMasses.Of(actual);
        var bins = NumberBins(expected).ToList();
        var counts = new double[bins.Count];
        foreach (var mass in masses)
        {
            var point = mass.IsPoint ? bins.FindIndex(bin => bin.Low == mass.Low && bin.High == mass.Low) : -1;
            if (point >= 0)
            {
                counts[point] += mass.Rows;
                continue;
            }
            for (var i = 0; i < bins.Count; i++)
                counts[i] += mass.Rows * Part(mass, bins[i], expected.Bins!.Closed);
        }
        var isExact = actual.Bins!.Edges is null && Codes(expected.Bins!).SequenceEqual(Codes(actual.Bins!));
        return (counts, isExact);
    }

    private static IEnumerable<(double Low, double High)> NumberBins(ColumnProfile column)
    {
        if (column.Bins!.Edges is not { } edges)
            return column.Bins.Values!.Select(value => Grammar.Of(column.Type).ToDouble(value) ?? double.NaN)
                .Select(number => (number, number));
        return Enumerable.Range(0, edges.Count + 1).Select(i =>
            (i == 0 ? double.NegativeInfinity : edges[i - 1], i == edges.Count ? double.PositiveInfinity : edges[i]));
    }

    // Which part of a mass lies in a bin that is not a point.
    private static double Part(Mass mass, (double Low, double High) bin, ClosedSide closed)
    {
        if (bin.Low == bin.High)
            return 0;
        if (!mass.IsPoint)
            return Math.Max(0, Math.Min(mass.High, bin.High) - Math.Max(mass.Low, bin.Low)) / (mass.High - mass.Low);
        return closed == ClosedSide.Left
            ? mass.Low >= bin.Low && mass.Low < bin.High ? 1 : 0
            : mass.Low > bin.Low && mass.Low <= bin.High ? 1 : 0;
    }
}
