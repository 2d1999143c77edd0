using System.Globalization;
using System.Text;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;

namespace Benchmark.Tests.Support;

/// <summary>
/// Samples of one population, drawn into real files and compared through the real bins: what a verdict makes of chance.
/// </summary>
public sealed class DrawnSamples(Random random) : IDisposable
{
    /// <summary>Columns of the population: a normal score in deciles and in 100 bins, texts by Zipf's law (1,000 of
    /// them), and 500 equally frequent ones.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["deciles", "thin", "zipf", "many"];

    private const int ThinBins = 100;
    private const double ZipfExponent = 1.2;

    private static readonly double[] s_zipf = Zipf(1000);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-samples-");

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>The columns of two samples of the population, compared.</summary>
    public IReadOnlyList<ColumnStability> Equal(int rows, int currentRows) =>
        Compare(Profile(rows), WriteSample(currentRows));

    /// <summary>A sample of the population as it is published.</summary>
    public IReadOnlyDictionary<string, ColumnProfile> Profile(int rows) =>
        Scan(WriteSample(rows), _ => null).Profile.Columns.ToDictionary(column => column.Name);

    /// <summary>Writes a sample.</summary>
    /// <returns>Its path, which the next sample of as many rows has, too.</returns>
    public string WriteSample(int rows) => Write($"{rows}", Enumerable.Range(0, rows).Select(_ => Row()));

    /// <summary>Writes data whose every row holds the same; empty for NULL.</summary>
    public string WriteLost(int rows, string number, string text) =>
        Write("lost", Enumerable.Repeat($"{number},{number},{text},{text}", rows));

    /// <summary>Compares a file with a sample.</summary>
    public static IReadOnlyList<ColumnStability> Compare(
        IReadOnlyDictionary<string, ColumnProfile> before, string path) =>
        [.. Scan(path, name => before[name]).Columns
            .Select(column => column.Against!.Judge(warn: 0.10, fail: 0.25, PsiConvention.Benchmark)!)];

    private string Write(string name, IEnumerable<string> rows)
    {
        var path = Path.Combine(_directory.FullName, $"{name}.csv");
        File.WriteAllLines(path, rows.Prepend(string.Join(',', Columns)), new UTF8Encoding(false));
        return path;
    }

    private static CsvScan Scan(string path, Func<string, ColumnProfile?> against) => CsvScan.Of(
        path,
        name => new ColumnPlan
        {
            Name = name,
            Type = name is "deciles" or "thin" ? ColumnType.Number : ColumnType.String,
            Bins = name == "thin" ? ThinBins : 10,
            Against = against(name),
        },
        key: [], memory: long.MaxValue, CancellationToken.None);

    private string Row() => string.Create(
        CultureInfo.InvariantCulture, $"{Normal():0.####},{Normal():0.####},z{Rank()},t{random.Next(500)}");

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private int Rank()
    {
        var found = Array.BinarySearch(s_zipf, random.NextDouble());
        return found < 0 ? ~found : found;
    }

    // Up to which of the texts how much of the population lies.
    private static double[] Zipf(int texts)
    {
        var weights = Enumerable.Range(1, texts).Select(rank => Math.Pow(rank, -ZipfExponent)).ToArray();
        var (sum, upTo) = (weights.Sum(), 0.0);
        return [.. weights.Select(weight => upTo += weight / sum)];
    }
}
