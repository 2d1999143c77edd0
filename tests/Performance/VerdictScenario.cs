using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Profiling;
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

    // 20,000 rows take longer than all others together.
    private const int RoundsWithMostRows = 5;
    private const int LostSamples = 100;

    private static readonly int[] s_rows = [50, 300, 1_500, 20_000];

    /// <summary>The shares of false alarms among so many pairs of equal samples.</summary>
    public static Task<Table> FalseAlarms(IReadOnlyList<int> sizes)
    {
        var rounds = sizes is [var number, ..] ? number : Pairs;
        var table = new Table(
            "rows, rows compared", "pairs", "deciles", "100 bins", "1,000 texts, Zipf", "500 equal texts");
        var alarms = s_rows.SelectMany(rows => s_rows.Select(current => (rows, current)))
            .ToDictionary(both => both, _ => new List<int[]>());
        using var samples = new DrawnSamples(new Random(Seed));
        for (var round = 0; round < rounds; round++)
        {
            // A round draws a sample of each size to publish, and one to compare: its pairs share them.
            var drawn = round % RoundsWithMostRows == 0 ? s_rows : s_rows[..^1];
            var profiles = drawn.ToDictionary(rows => rows, samples.Profile);
            var files = drawn.ToDictionary(rows => rows, samples.WriteSample);
            foreach (var (rows, profile) in profiles)
            {
                foreach (var (current, file) in files)
                    alarms[(rows, current)].Add([.. DrawnSamples.Compare(profile, file).Select(IsAlarm)]);
            }
        }
        foreach (var ((rows, current), pairs) in alarms)
            table.Add([Sizes(rows, current), Table.Number(pairs.Count), .. DrawnSamples.Columns.Select(
                (_, i) => Percent(pairs.Sum(columns => columns[i]), pairs.Count))]);
        return Task.FromResult(table);
    }

    /// <summary>How many of 100 total losses are found: every value gone, and every value the same new one.</summary>
    public static Task<Table> TotalLosses(IReadOnlyList<int> sizes)
    {
        var times = sizes is [var number, ..] ? number : LostSamples;
        var table = new Table("rows, rows compared: all of them", "deciles", "100 bins", "1,000 texts, Zipf",
            "500 equal texts");
        foreach (var (rows, current) in ((int, int)[])[(30, 30), (30, 1_500), (300, 300), (1_500, 30),
            (1_500, 1_500), (20_000, 20_000)])
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

    /// <summary>The processor time that the verdict on one column of ten bins takes.</summary>
    public static Task<Table> Costs(IReadOnlyList<int> sizes)
    {
        var times = sizes is [var number, ..] ? number : 1_000;
        var table = new Table("a column of ten bins", "µs of CPU");
        foreach (var (what, expected, actual) in ((string, long, long[])[])[
            ("stable", 1_000, [1_010, 990, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000]),
            ("moved, by the chi-square test", 1_000, [9_000, 100, 100, 100, 100, 100, 100, 100, 100, 200]),
            ("explained by chance, simulated", 5, [9, 1, 4, 6, 5, 5, 8, 2, 5, 5]),
            ("moved, simulated", 5, [14, 12, 10, 1, 1, 2, 2, 3, 3, 2])])
        {
            var benchmark = Deciles(expected);
            var tally = new BinTally { Counts = actual, Missing = 0 };
            // The first pay for compiling.
            Measure(times);
            table.Add(what, Table.Number(Measure(times), 1));

            double Measure(int repetitions)
            {
                var before = Environment.CpuUsage.TotalTime;
                for (var i = 0; i < repetitions; i++)
                    ColumnStability.Of(benchmark, tally, new PsiLimits(0.10, 0.25), PsiConvention.Benchmark);
                return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / repetitions;
            }
        }
        return Task.FromResult(table);
    }

    private static ColumnProfile Deciles(long rows) => new()
    {
        Name = "score",
        Type = ColumnType.Number,
        Count = 10 * rows,
        Nulls = 0,
        Distinct = 10 * rows,
        Bins = new FrozenBins
        {
            Kind = BinKind.Quantile,
            Edges = [1, 2, 3, 4, 5, 6, 7, 8, 9],
            Counts = [.. Enumerable.Repeat(rows, 10)],
            Missing = 0,
        },
    };

    private static string Found(IReadOnlyList<ColumnStability> verdicts)
    {
        var found = verdicts.Count(column => column.Band == Band.Moved);
        var others = verdicts.Count(column => column.Band == Band.NotComparable);
        return others == 0 ? $"{found}" : $"{found} (not comparable: {others})";
    }

    private static int IsAlarm(ColumnStability column) => column.Band is Band.Shifted or Band.Moved ? 1 : 0;

    private static string Sizes(int rows, int current) => $"{Table.Number(rows)}, {Table.Number(current)}";

    private static string Percent(int part, int all) =>
        (100.0 * part / all).ToString("0.0# '%'", CultureInfo.InvariantCulture);
}
