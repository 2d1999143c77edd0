using System.Globalization;
using System.Text;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Pages.Models;
using Benchmark.Tests.Support;
using CsCheck;

namespace Benchmark.Notifier.Tests;

/// <summary>Two profiles, against the data of one counted in the bins of the other.</summary>
public sealed class Comparing_profiles : IDisposable
{
    private static readonly Gen<(double Mean, double Scale, int Seed)> s_population =
        Gen.Select(Gen.Double[-1, 1], Gen.Double[0.6, 1.6], Gen.Int);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-test-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task Estimates_the_shares_of_other_quantiles_to_two_points() =>
        await Task.Run(() => Gen.Select(s_population, s_population).ForAll(
            (before, now) =>
            {
                var (estimated, counted) = Compare(ColumnType.Number, Normal(before), Normal(now));

                estimated.IsExact.Should().BeFalse();
                AreAlike(estimated, counted, within: 0.02);
            },
            cases: 40));

    [Fact(Timeout = 120_000)]
    public async Task Counts_the_shares_of_few_numbers_and_of_texts() =>
        await Task.Run(() => Gen.Select(Gen.Int[0, 6].Array[1, 200], Gen.Int[1, 8].Array[1, 200],
            Gen.Bool.Select(isText => isText ? ColumnType.String : ColumnType.Integer)).ForAll(drawn =>
        {
            var (estimated, counted) = Compare(drawn.Item3, Texts(drawn.Item1), Texts(drawn.Item2));

            estimated.IsExact.Should().BeTrue();
            AreAlike(estimated, counted, within: 1e-9);
        }));

    [Fact(Timeout = 60_000)]
    public async Task Sees_a_value_that_fills_a_bin_alone()
    {
        await Task.CompletedTask;
        // Nearly all zeros before; now a quarter of them is one.
        var before = Enumerable.Range(0, 1000).Select(i => i < 700 ? "0" : $"{i}");
        var now = Enumerable.Range(0, 1000).Select(i => i < 450 ? "0" : i < 700 ? "1" : $"{i}");

        var (estimated, counted) = Compare(ColumnType.Integer, before, now);

        AreAlike(estimated, counted, within: 0.03);
        estimated.Bins.Single(bin => bin.Bin == "0").Actual.Should().BeApproximately(0.45, 1e-9);
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_missing_values_apart_and_loses_no_row()
    {
        await Task.CompletedTask;
        var before = Normal((0, 1, 1)).Select((text, i) => i % 10 == 0 ? "" : text);
        var now = Normal((0.3, 1, 2)).Select((text, i) => i % 4 == 0 ? "" : text);

        var (estimated, _) = Compare(ColumnType.Number, before, now);

        estimated.Bins[^1].Should().BeEquivalentTo(new { Bin = "missing", Expected = 0.1, Actual = 0.25 });
        estimated.Bins.Sum(bin => bin.Actual).Should().BeApproximately(1, 1e-9);
    }

    [Fact(Timeout = 60_000)]
    public async Task Compares_no_text_with_a_number()
    {
        await Task.CompletedTask;
        var (_, text) = Scan(ColumnType.String, ["a", "b"], null);
        var (_, number) = Scan(ColumnType.Number, ["1", "2"], null);

        ProfileComparison.Of(text, number).Should().BeNull();
    }

    private static void AreAlike(ProfileComparison estimated, ColumnStability counted, double within)
    {
        estimated.Bins.Sum(bin => bin.Actual).Should().BeApproximately(1, 1e-9);
        estimated.Bins.Select(bin => bin.Bin).Should().Equal(counted.Bins.Select(bin => bin.Bin));
        foreach (var (estimate, count) in estimated.Bins.Zip(counted.Bins))
        {
            estimate.Expected.Should().BeApproximately(count.ExpectedShare, 1e-9, estimate.Bin);
            estimate.Actual.Should().BeApproximately(count.ActualShare, within, estimate.Bin);
        }
    }

    private (ProfileComparison Estimated, ColumnStability Counted) Compare(
        ColumnType type, IEnumerable<string> before, IEnumerable<string> now)
    {
        var (_, expected) = Scan(type, before, null);
        var (comparison, actual) = Scan(type, now, expected);
        return (
            ProfileComparison.Of(expected, actual)!,
            comparison!.Judge(warn: 0.1, fail: 0.25, PsiConvention.Benchmark)!);
    }

    private (ColumnComparison? Comparison, ColumnProfile Profile) Scan(
        ColumnType type, IEnumerable<string> values, ColumnProfile? against)
    {
        var path = Path.Combine(_directory.FullName, $"{Guid.NewGuid()}.csv");
        File.WriteAllText(
            path, $"x,y\n{string.Concat(values.Select(value => $"{value},0\n"))}",
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var scan = CsvScan.Of(
            path,
            name => name == "x" ? new ColumnPlan { Name = name, Type = type, Bins = 10, Against = against } : null,
            key: [], memory: long.MaxValue, CancellationToken.None);
        File.Delete(path);
        return (scan.Columns[0].Against, scan.Columns[0].Profile);
    }

    private static IEnumerable<string> Normal((double Mean, double Scale, int Seed) population)
    {
        var random = new Random(population.Seed);
        return [.. Enumerable.Range(0, 3000).Select(_ =>
            (population.Mean + population.Scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                * Math.Cos(2 * Math.PI * random.NextDouble())).ToString("0.#####", CultureInfo.InvariantCulture))];
    }

    private static IEnumerable<string> Texts(int[] numbers) =>
        numbers.Select(number => number.ToString(CultureInfo.InvariantCulture));
}
