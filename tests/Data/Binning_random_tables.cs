using System.Globalization;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;
using Benchmark.Tests.Support;
using CsCheck;

namespace Benchmark.Data.Tests;

/// <summary>What the scan counts, against the plainest way to count it.</summary>
public sealed class Binning_random_tables : IDisposable
{
    private static readonly PsiLimits s_limits = new(Warn: 0.10, Fail: 0.25);

    // Few and many distinct values, ties, infinities, NaN, NULL; the long ones have more than are counted one by one.
    private static readonly Gen<string> s_number = Gen.Frequency(
        (1, Pick("", "NaN", "Infinity", "-Infinity", "-0", "0")),
        (4, Gen.Int[0, 8].Select(i => $"{i}")),
        (8, Gen.Double[-1e6, 1e6].Select(d => d.ToString("0.######", CultureInfo.InvariantCulture))));

    // Short numbers, but for their ends.
    private static readonly Gen<string> s_cents = Gen.Select(
        Gen.Bool, Gen.Int[0, 200_000], Gen.Int[0, 99], (negative, whole, cents) =>
        string.Create(CultureInfo.InvariantCulture, $"{(negative ? "-" : "")}{whole}.{cents:00}"));

    private static readonly Gen<string[]> s_numbers = Gen.OneOf(
        s_number.Array[0, 30],
        s_number.Array[0, 3000],
        s_number.Array[8000, 12000],
        Gen.Int[-60_000, 60_000].Select(i => $"{i}").Array[5000, 9000],
        s_cents.Array[5000, 9000],
        Gen.Frequency((3000, s_cents), (1, Pick("21474836.48", "1e3", "0.125", "-0.00", "Infinity", "NaN"))).Array[
            5000, 9000],
        Gen.Int[0, 12].Select(i => i == 0 ? "" : $"{i}").Array[0, 500]);

    // Long enough that values of a small span are counted, with here and there one outside it, or one that is no short
    // number.
    private static readonly Gen<string[]> s_longColumns = Gen.OneOf(
        Gen.Int[0, 1000].Select(i => $"{i}").Array[60_000, 90_000],
        Gen.Int[-60_000, 60_000].Select(i => $"{i}").Array[60_000, 90_000],
        Gen.Frequency((30_000, Gen.Int[0, 1000].Select(i => $"{i}")), (1, Pick("1000000000", "-70000")))
            .Array[60_000, 120_000],
        Gen.Frequency((30_000, Gen.Int[0, 1000].Select(i => $"{i}")), (1, Pick("0.5", "1e3", "Infinity")))
            .Array[60_000, 120_000],
        // Counted in a range, with a few outside it, with many, and until one is no short number.
        Gen.Frequency((30_000, Gen.Int[0, 5000].Select(i => $"{i}")), (1, Pick("1000000000", "-70000")))
            .Array[66_000, 120_000],
        Gen.Select(Gen.Int[0, 5000].Select(i => $"{i}").Array[66_000],
                Gen.Int[-50_000, 50_000].Select(i => $"{i}").Array[90_000])
            .Select(parts => (string[])[.. parts.Item1, .. parts.Item2]),
        Gen.Frequency((30_000, Gen.Int[0, 5000].Select(i => $"{i}")), (1, Pick("0.5", "1e3", "Infinity")))
            .Array[66_000, 120_000],
        Gen.Int[-99_999_999, 99_999_999].Select(i => $"{i}").Array[20_000, 60_000],
        // About where two bytes end.
        Gen.Select(Gen.Int[-40, 40], Gen.Int[-20, 20], (upper, lower) => $"{(upper << 16) + lower}").Array[
            20_000, 60_000],
        Gen.Frequency((9, Pick("-1", "0", "65535")), (1, Gen.Int[-3000, 3000].Select(i => $"{i}"))).Array[
            60_000, 120_000]);

    private static readonly Gen<string[]> s_texts = Gen.OneOf(
        Pick("", "\"\"", "a", "b", "é", "\"x,y\"").Array[0, 200], Gen.Int[0, 120].Select(i => $"t{i}").Array[0, 600]);

    private readonly string _directory = Directory.CreateTempSubdirectory("benchmark-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Profiles_numbers_like_a_naive_computation() =>
        s_numbers.ForAll(ProfilesLikeANaiveComputation, cases: 200);

    [Fact]
    public void Profiles_long_columns_like_a_naive_computation() =>
        s_longColumns.ForAll(ProfilesLikeANaiveComputation, cases: 24);

    [Fact]
    public void Profiles_each_column_of_a_table_as_if_it_were_alone() => s_numbers.Array[3].ForAll(ragged =>
    {
        var rows = ragged.Max(column => column.Length);
        string[][] columns = [.. ragged.Select(c => (string[])[.. c, .. Enumerable.Repeat("", rows - c.Length)])];

        var table = ScanTable(ColumnType.Number, columns, null);

        foreach (var (column, values) in table.Zip(columns))
        {
            var alone = Scan(ColumnType.Number, values).Profile;
            column.Profile.Should().BeEquivalentTo(alone, options => options.Excluding(p => p.Name));
        }
    }, cases: 50);

    [Fact]
    public void Profiles_texts_like_a_naive_computation() => s_texts.ForAll(values =>
    {
        var column = Scan(ColumnType.String, values).Profile;

        var counts = values.Where(v => v != "").GroupBy(v => v.Trim('"'))
            .Select(g => (Value: g.Key, Count: g.LongCount()))
            .OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal).ToList();
        var own = counts.Count <= 50 ? counts
            : counts.Take(49).Where(v => v.Count * v.Count >= counts.Sum(value => value.Count)).ToList();
        column.Distinct.Should().Be(counts.Count);
        column.Top.Select(v => (v.Value, v.Count)).Should().Equal(counts.Take(10));
        column.Bins!.Values.Should().Equal(own.Select(v => v.Value));
        column.Bins.Counts.Should().Equal(own.Select(v => v.Count));
        (column.Bins.Other ?? 0).Should().Be(counts.Skip(own.Count).Sum(v => v.Count));
    }, cases: 200);

    [Fact]
    public void Counts_every_row_once_in_another_files_bins() => s_numbers.Array[2].ForAll(files =>
    {
        var benchmark = Scan(ColumnType.Number, files[0]).Profile;
        var after = files[1];

        var tally = Scan(ColumnType.Number, after, benchmark).Tally!;

        double[] numbers = [.. after.Where(v => v is not ("" or "NaN")).Select(Number)];
        tally.Rows.Should().Be(after.Length);
        tally.Counts.Should().Equal(benchmark.Bins!.Kind == BinKind.Discrete
            ? benchmark.Bins.Values!.Select(v => numbers.LongCount(n => n == Number(v)))
            : InIntervals(benchmark.Bins.Edges!, numbers));
        tally.OutOfRange.Should().Be(benchmark.Min is null
            ? 0
            : numbers.LongCount(n => n < Number(benchmark.Min) || n > Number(benchmark.Max!)));
    }, cases: 200);

    [Fact]
    public void Counts_texts_in_the_bins_of_another_file() => Gen.Select(s_texts, s_texts).ForAll((before, after) =>
    {
        var benchmark = Scan(ColumnType.String, before).Profile;

        var tally = Scan(ColumnType.String, after, benchmark).Tally!;

        var texts = after.Where(v => v != "").Select(v => v.Trim('"')).ToList();
        tally.Rows.Should().Be(after.Length);
        tally.Counts.Should().Equal(benchmark.Bins!.Values!.Select(v => texts.LongCount(t => t == v)));
        (benchmark.Bins.Other is null ? tally.Other : tally.Unseen).Should().Be(0);
    }, cases: 200);

    [Fact]
    public void Finds_no_drift_in_the_same_data() => s_numbers.Where(v => v.Length > 0).ForAll(values =>
    {
        var benchmark = Scan(ColumnType.Number, values).Profile;
        var tally = Scan(ColumnType.Number, values, benchmark).Tally!;

        var stability = ColumnStability.Of(benchmark, tally, s_limits, PsiConvention.Benchmark)!;

        stability.Psi.Should().Be(0);
        stability.OutOfRangeRate.Should().Be(0);
    }, cases: 100);

    [Theory]
    // polars_ds: benchmark 0..999; current 0..499 and 500 times 600
    [InlineData(false, 3.4041141744549024, 1e-12)]
    // one current row is a million instead
    [InlineData(true, 3.1675, 5e-5)]
    public void Reproduces_a_published_comparison_of_two_files(bool outlier, double psi, double tolerance)
    {
        var benchmark = Scan(ColumnType.Integer, [.. Enumerable.Range(0, 1000).Select(i => $"{i}")]).Profile;
        string[] current = [.. Enumerable.Range(0, 500).Select(i => $"{i}"), .. Enumerable.Repeat("600", 500)];
        if (outlier)
            current[^1] = "1000000";

        var tally = Scan(ColumnType.Integer, current, benchmark).Tally!;
        var stability = ColumnStability.Of(benchmark, tally, s_limits, PsiConvention.Benchmark)!;

        stability.Psi.Should().BeApproximately(psi, tolerance);
        stability.OutOfRangeRate.Should().Be(outlier ? 0.001 : 0);
        stability.Bins.Select(b => b.Bin).Should()
            .StartWith(["(-∞, 99.9]", "(99.9, 199.8]"]).And.EndWith(["(899.1, ∞)", "missing"]);
    }

    [Theory]
    [InlineData(ColumnType.Integer, 1, 2, 3, 0)]
    // A number is known by its double, and these two have the same.
    [InlineData(ColumnType.Number, 3, 0, 3, 0)]
    public void Counts_every_row_once_among_integers_that_one_double_stands_for(
        ColumnType type, long first, long second, long third, long unseen)
    {
        var benchmark = Scan(ColumnType.Integer, ["9007199254740992", "9007199254740993", "9007199254740994"]).Profile;
        string[] current = ["9007199254740992", .. Enumerable.Repeat("9007199254740993", 2),
            .. Enumerable.Repeat("9007199254740994", 3)];

        var tally = Scan(type, current, benchmark).Tally!;

        tally.Counts.Should().Equal(first, second, third);
        tally.Unseen.Should().Be(unseen);
        tally.Rows.Should().Be(current.Length);
    }

    [Fact]
    public void Puts_unseen_values_in_a_bin_of_their_own()
    {
        var benchmark = Scan(ColumnType.String, ["a", "a", "b", "missing"]).Profile;

        var tally = Scan(ColumnType.String, ["a", "c", "", "missing"], benchmark).Tally!;
        var stability = ColumnStability.Of(benchmark, tally, s_limits, PsiConvention.Benchmark)!;

        stability.Kind.Should().Be("categorical");
        stability.Bins.Select(b => (b.Bin, b.Expected, b.Actual)).Should().Equal(
            ("a", 2, 1), ("b", 1, 0), ("\"missing\"", 1, 1), ("unseen", 0, 1), ("missing", 0, 1));
    }

    private void ProfilesLikeANaiveComputation(string[] values)
    {
        var column = Scan(ColumnType.Number, values).Profile;

        double[] numbers = [.. values.Where(v => v is not ("" or "NaN")).Select(Number).Order()];
        double[] finite = [.. numbers.Where(double.IsFinite)];
        column.Nulls.Should().Be(values.Count(v => v == ""));
        column.Nans.Should().Be(values.Count(v => v == "NaN"));
        column.Distinct.Should().Be(numbers.Distinct().Count());
        column.Top.Select(value => (Number(value.Value), value.Count)).Should().Equal(numbers.CountBy(number => number)
            .OrderByDescending(value => value.Value).ThenBy(value => value.Key).Take(10)
                .Select(value => (value.Key, (long)value.Value)));
        column.Bins!.Missing.Should().Be(column.Nulls + column.Nans);
        column.Bins.Should().BeEquivalentTo(NaiveBins(numbers, finite));
        if (finite.Length == 0)
        {
            column.Quantiles.Should().BeNull();
            return;
        }
        foreach (var (probability, quantile) in column.Quantiles!)
            quantile.Should().BeApproximately(Type7(finite, Number(probability)), 1e-6);
        var mean = finite.Average();
        column.Mean.Should().BeApproximately(mean, 1e-6);
        if (finite.Length > 1)
        {
            var variance = finite.Sum(v => Math.Pow(v - mean, 2)) / (finite.Length - 1);
            column.Stddev.Should().BeApproximately(Math.Sqrt(variance), 1e-5);
        }
    }

    private ScannedColumn Scan(ColumnType type, string[] values, ColumnProfile? against = null) =>
        ScanTable(type, [values], against).Single();

    private IReadOnlyList<ScannedColumn> ScanTable(ColumnType type, string[][] columns, ColumnProfile? against)
    {
        var path = Path.Combine(_directory, $"{Guid.NewGuid()}.csv");
        var header = string.Join(',', columns.Select((_, i) => $"column{i}"));
        var rows = Enumerable.Range(0, columns[0].Length).Select(row => string.Join(',', columns.Select(c => c[row])));
        File.WriteAllText(path, string.Concat(rows.Prepend(header).Select(line => $"{line}\n")));
        var scan = CsvScan.Of(path, Plan, [], long.MaxValue, CancellationToken.None);
        File.Delete(path);
        return scan.Columns;

        ColumnPlan Plan(string name) => new() { Name = name, Type = type, Bins = 10, Against = against };
    }

    private static Gen<string> Pick(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static object NaiveBins(double[] numbers, double[] finite)
    {
        var distinct = numbers.Distinct().ToList();
        if (distinct.Count <= 10)
            return new { Kind = BinKind.Discrete, Counts = distinct.Select(d => numbers.LongCount(n => n == d)) };
        var edges = Enumerable.Range(1, 9).Select(i => Type7(finite, i, 10)).GroupBy(edge => edge)
            .SelectMany(equal => equal.Take(2)).ToList();
        foreach (var bin in numbers.GroupBy(number => Bin(edges, number)).ToList())
        {
            // What fills a bin alone is enclosed in a bin of its own.
            while (bin.Count() > 1 && bin.Distinct().Count() == 1 && double.IsFinite(bin.First())
                && edges.Count(edge => edge == bin.First()) < 2)
            {
                edges.Add(bin.First());
            }
        }
        edges.Sort();
        return new { Kind = BinKind.Quantile, Edges = edges, Counts = InIntervals(edges, numbers) };
    }

    private static IEnumerable<long> InIntervals(IReadOnlyList<double> edges, double[] numbers) =>
        Enumerable.Range(0, edges.Count + 1).Select(i => numbers.LongCount(number => Bin(edges, number) == i));

    private static int Bin(IReadOnlyList<double> edges, double number) =>
        edges.Count(edge => edge < number) + (edges.Count(edge => edge == number) > 1 ? 1 : 0);

    private static double Type7(double[] sorted, int part, int whole)
    {
        var position = (decimal)(sorted.Length - 1) * part / whole;
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (double)(position - below) * (sorted[above] - sorted[below]);
    }

    private static double Type7(double[] sorted, double probability) =>
        Type7(sorted, (int)Math.Round(probability * 100), 100);

    private static double Number(string text) => text switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
