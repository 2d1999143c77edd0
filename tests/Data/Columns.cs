using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Tests;

/// <summary>Columns that are scanned from files, as the gate does.</summary>
internal sealed class Columns : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("benchmark-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    public static ColumnPlan Plan(ColumnType type, ColumnProfile? against = null, BinRules? bins = null) =>
        new() { Name = "x", Type = type, Bins = 10, Against = against, BinRules = bins };

    public static string[] Repeat(string value, int times) => [.. Enumerable.Repeat(value, times)];

    /// <summary>Whole numbers, both ends included.</summary>
    public static string[] Numbers(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(i => $"{i}")];

    /// <summary>The PSI of a column's tally against its benchmark.</summary>
    public static double Psi(ColumnProfile benchmark, ScannedColumn current) =>
        Stability.Psi.Of(Bins(benchmark, current), PsiConvention.Benchmark).Psi;

    public static IReadOnlyList<BinCount> Bins(ColumnProfile benchmark, ScannedColumn current) =>
        current.Tally!.Beside(benchmark.Bins!, benchmark.Type);

    public ScannedColumn Scan(ColumnPlan plan, IEnumerable<string> values, long memory = long.MaxValue) =>
        Read(plan, values, memory).Columns.Single();

    /// <summary>The profile of a benchmark.</summary>
    public ColumnProfile Profile(ColumnType type, IEnumerable<string> values, BinRules? bins = null) =>
        Scan(Plan(type, bins: bins), values).Profile;

    /// <summary>The findings on a column, with what keeps its rules from being applied.</summary>
    public ScannedColumn Findings(ColumnPlan plan, params IEnumerable<string> values) =>
        Read(plan, values, long.MaxValue).Columns.Single();

    private CsvScan Read(ColumnPlan plan, IEnumerable<string> values, long memory)
    {
        var path = Path.Combine(_directory, $"{Guid.NewGuid()}.csv");
        File.WriteAllText(path, string.Concat(values.Prepend(plan.Name).Select(line => $"{line}\n")));
        return CsvScan.Of(path, _ => plan, [], memory, CancellationToken.None);
    }
}
