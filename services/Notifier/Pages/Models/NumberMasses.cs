using System.Globalization;
using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>Rows whose values lie in an interval, evenly as far as anyone knows; or all at one number.</summary>
internal readonly record struct Mass(double Low, double High, double Rows)
{
    public bool IsPoint => Low == High;
}

/// <summary>How the rows of a column lie on the scale of its numbers or times, as its profile says.</summary>
internal static class NumberMasses
{
    /// <summary>The masses of a column with bins, without special codes and missing values.</summary>
    public static IReadOnlyList<Mass> Of(ColumnProfile column)
    {
        var grammar = Grammar.Of(column.Type);
        var bins = column.Bins!;
        if (bins.Edges is not { } edges)
            return [.. bins.Values!.Zip(bins.Counts, (value, rows) => Point(grammar.ToDouble(value), rows))];
        var top = column.Top.Where(value => value.Count > 1)
            .Select(value => Point(grammar.ToDouble(value.Value), value.Count));
        return WithPoints(WithQuantiles(Intervals(edges, column, grammar), column), [.. top]);
    }

    private static List<Mass> Intervals(IReadOnlyList<double> edges, ColumnProfile column, Grammar grammar)
    {
        var min = column.Min is { } least ? grammar.ToDouble(least) : null;
        var max = column.Max is { } greatest ? grammar.ToDouble(greatest) : null;
        var masses = new List<Mass>();
        for (var i = 0; i <= edges.Count; i++)
        {
            // Only the outer bins have no end of their own.
            var low = i == 0 ? Math.Min(min ?? edges[0], edges[0]) : edges[i - 1];
            var high = i == edges.Count ? Math.Max(max ?? edges[^1], edges[^1]) : edges[i];
            if (column.Bins!.Counts[i] > 0)
                masses.Add(double.IsFinite(high - low)
                    ? new Mass(low, high, column.Bins.Counts[i])
                    : Point(double.IsFinite(low) ? low : high, column.Bins.Counts[i]));
        }
        return masses;
    }

    // Percentiles divide the bins, above all the outer ones, in which values lie far from evenly.
    private static List<Mass> WithQuantiles(List<Mass> masses, ColumnProfile column)
    {
        var rows = masses.Sum(mass => mass.Rows);
        var quantiles = (column.Quantiles ?? new Dictionary<string, double>())
            .Select(pair => (Value: pair.Value, Below: double.Parse(pair.Key, CultureInfo.InvariantCulture) * rows))
            .OrderBy(quantile => quantile.Below).ToList();
        var divided = new List<Mass>();
        var below = 0.0;
        foreach (var mass in masses)
        {
            var (low, done) = (mass.Low, 0.0);
            foreach (var quantile in quantiles.Where(q => q.Below > below && q.Below < below + mass.Rows))
            {
                if (quantile.Value <= low || quantile.Value >= mass.High)
                    continue;
                divided.Add(new Mass(low, quantile.Value, quantile.Below - below - done));
                (low, done) = (quantile.Value, quantile.Below - below);
            }
            divided.Add(new Mass(low, mass.High, mass.Rows - done));
            below += mass.Rows;
        }
        return divided;
    }

    // The most frequent values are known one by one.
    private static IReadOnlyList<Mass> WithPoints(List<Mass> masses, IReadOnlyList<Mass> points)
    {
        var split = new List<Mass>();
        foreach (var point in points)
        {
            var around = masses.FindIndex(mass => !mass.IsPoint && mass.Low < point.Low && point.Low <= mass.High);
            if (around < 0 || masses.Any(mass => mass.IsPoint && mass.Low == point.Low))
                continue;
            var rows = Math.Min(point.Rows, masses[around].Rows);
            masses[around] = masses[around] with { Rows = masses[around].Rows - rows };
            split.Add(point with { Rows = rows });
        }
        return [.. masses, .. split];
    }

    private static Mass Point(double? number, double rows) => new(number ?? double.NaN, number ?? double.NaN, rows);
}
