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
        foreach (var rows in s_rows)
        {
            foreach (var current in s_rows)
            {
                using var samples = new DrawnSamples(new Random(HashCode(rows, current)));
                var verdicts = Enumerable.Range(0, pairs).Select(_ => samples.Equal(rows, current)).ToList();
                table.Add([$"{Table.Number(rows)}, {Table.Number(current)}", .. DrawnSamples.Columns.Select((_, i) =>
                    Percent(verdicts.Count(columns => IsAlarm(columns[i])), pairs))]);
            }
        }
        return Task.FromResult(table);
    }

    /// <summary>How many of 100 total losses are found: every value gone, and every value the same new one.</summary>
    public static Task<Table> TotalLosses(IReadOnlyList<int> sizes)
    {
        var times = sizes is [var number, ..] ? number : LostSamples;
        var table = new Table("rows, rows compared, all of them", "deciles", "100 bins", "1,000 texts, Zipf",
            "500 equal texts");
        foreach (var (rows, current) in ((int, int)[])[(30, 30), (30, 20_000), (300, 300), (20_000, 30),
            (20_000, 20_000)])
        {
            foreach (var (what, value, text) in ((string, string, string)[])[
                ("NULL", "", ""), ("one new value", "9999", "elsewhere")])
            {
                using var samples = new DrawnSamples(new Random(HashCode(rows, current)));
                var verdicts = Enumerable.Range(0, times)
                    .Select(_ => samples.Lost(rows, current, value, text)).ToList();
                table.Add([$"{Table.Number(rows)}, {Table.Number(current)}, {what}", .. DrawnSamples.Columns.Select(
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

    private static bool IsAlarm(ColumnStability column) => column.Band is Band.Shifted or Band.Moved;

    private static string Percent(int part, int all) =>
        (100.0 * part / all).ToString("0.0# '%'", CultureInfo.InvariantCulture);

    private static int HashCode(int rows, int current) => unchecked((((Seed * 31) + rows) * 31) + current);
}
