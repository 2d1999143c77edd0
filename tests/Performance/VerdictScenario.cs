using System.Globalization;
using Benchmark.Data.Stability;
using Benchmark.Tests.Support;

namespace Benchmark.Performance;

/// <summary>
/// How often the verdict on a column is wrong: two samples of one population called shifted or moved, and total losses
/// that are not. The samples are the same each time.
/// </summary>
internal static class VerdictScenario
{
    private const int Seed = 20261128;
    private const int Pairs = 1_000;
    private const int LostSamples = 100;

    private static readonly int[] s_rows = [50, 300, 1_500, 20_000];

    /// <summary>The shares of false alarms among so many pairs of equal samples.</summary>
    public static Task<Table> FalseAlarms(IReadOnlyList<int> sizes)
    {
        var pairs = sizes is [var number, ..] ? number : Pairs;
        var table = new Table("rows, rows compared", "deciles", "100 bins", "1,000 texts, Zipf", "500 equal texts");
        var alarms = s_rows.SelectMany(rows => s_rows.Select(current => (rows, current)))
            .ToDictionary(sizes => sizes, _ => new int[DrawnSamples.Columns.Count]);
        using var samples = new DrawnSamples(new Random(Seed));
        // Each pair of sizes has samples of its own in each round; the sizes share them.
        for (var pair = 0; pair < pairs; pair++)
        {
            var profiles = s_rows.ToDictionary(rows => rows, samples.Profile);
            var files = s_rows.ToDictionary(rows => rows, samples.WriteSample);
            foreach (var ((rows, current), counts) in alarms)
            {
                var columns = DrawnSamples.Compare(profiles[rows], files[current]);
                for (var i = 0; i < counts.Length; i++)
                    counts[i] += columns[i].Band is Band.Shifted or Band.Moved ? 1 : 0;
            }
        }
        foreach (var ((rows, current), counts) in alarms)
            table.Add([Sizes(rows, current), .. counts.Select(count => Percent(count, pairs))]);
        return Task.FromResult(table);
    }

    /// <summary>How many of 100 total losses are found: every value gone, and every value the same new one.</summary>
    public static Task<Table> TotalLosses(IReadOnlyList<int> sizes)
    {
        var times = sizes is [var number, ..] ? number : LostSamples;
        var table = new Table("rows, rows compared: all of them", "deciles", "100 bins", "1,000 texts, Zipf",
            "500 equal texts");
        foreach (var (rows, current) in ((int, int)[])[(30, 30), (30, 20_000), (300, 300), (20_000, 30),
            (20_000, 20_000)])
        {
            foreach (var (what, value, text) in ((string, string, string)[])[
                ("NULL", "", ""), ("one new value", "9999", "elsewhere")])
            {
                using var samples = new DrawnSamples(new Random(Seed));
                var file = samples.WriteLost(current, value, text);
                var verdicts = Enumerable.Range(0, times)
                    .Select(_ => DrawnSamples.Compare(samples.Profile(rows), file)).ToList();
                table.Add([$"{Sizes(rows, current)}: {what}", .. DrawnSamples.Columns.Select(
                    (_, i) => Found([.. verdicts.Select(columns => columns[i])]))]);
            }
        }
        return Task.FromResult(table);
    }

    private static string Found(IReadOnlyList<ColumnStability> verdicts)
    {
        var found = verdicts.Count(column => column.Band == Band.Moved);
        var others = verdicts.Count(column => column.Band == Band.NotComparable);
        return others == 0 ? $"{found}" : $"{found} (not comparable: {others})";
    }

    private static string Sizes(int rows, int current) => $"{Table.Number(rows)}, {Table.Number(current)}";

    private static string Percent(int part, int all) =>
        (100.0 * part / all).ToString("0.0# '%'", CultureInfo.InvariantCulture);
}
