using Benchmark.Data.Profiling;

namespace Benchmark.Data.Stability;

/// <summary>When the points of a scorecard can be given to the bins of a benchmark.</summary>
public static class ScorecardPoints
{
    /// <summary>The points; null where a bin of values has none, because the benchmark has other bins.</summary>
    public static IReadOnlyDictionary<string, double>? For(
        IReadOnlyDictionary<string, double>? points, ColumnProfile benchmark, BinTally tally) =>
        points is not null && BinsOfValues(benchmark, tally).All(points.ContainsKey) ? points : null;

    /// <summary>The names of the bins that need points; <c>missing</c> and the like depend on the data.</summary>
    public static IEnumerable<string> BinsOfValues(ColumnProfile benchmark, BinTally tally) =>
        tally.Beside(benchmark.Bins!, benchmark.Type).Take(benchmark.Bins!.Counts.Count).Select(bin => bin.Bin);
}
