using Benchmark.Data.Stability;
using Benchmark.Tests.Support;
using static Benchmark.Data.Tests.Columns;

namespace Benchmark.Data.Tests;

/// <summary>Of many texts, those have a bin that chance did not choose.</summary>
public sealed class Choosing_frequent_texts : IDisposable
{
    private readonly Columns _columns = new();

    public void Dispose() => _columns.Dispose();

    [Fact]
    public void Gives_equally_frequent_texts_no_bins_that_chance_chose()
    {
        // 500 employers, and the same population again.
        var random = Seed.Random();
        for (var draw = 0; draw < 15; draw++)
        {
            var benchmark = _columns.Profile(ColumnType.String, Draw());

            var psi = Psi(benchmark, _columns.Scan(Plan(ColumnType.String, benchmark), Draw()));

            psi.Should().Be(0);
            benchmark.Bins.Should().BeEquivalentTo(new { Values = Array.Empty<string>(), Other = 1500 });
            benchmark.Top.Should().HaveCount(10);
        }

        string[] Draw() => [.. Enumerable.Range(0, 1500).Select(_ => $"employer {random.Next(500)}")];
    }

    [Theory]
    // Equally frequent ones, and by Zipf's law.
    [InlineData(false)]
    [InlineData(true)]
    public void Takes_no_two_samples_of_one_population_for_different_ones(bool zipf)
    {
        var random = Seed.Random(zipf ? 1 : 0);
        double[] upTo = [.. Enumerable.Range(1, 500)];
        for (var (i, sum) = (0, 0.0); i < upTo.Length; i++)
            upTo[i] = sum += zipf ? 1 / upTo[i] : 1;
        int[] sizes = [300, 1500, 20_000];
        foreach (var (n, m) in sizes.SelectMany(n => sizes.Select(m => (n, m))))
        {
            var alarms = 0;
            for (var draw = 0; draw < 20; draw++)
            {
                var benchmark = _columns.Profile(ColumnType.String, Draw(n));
                var current = _columns.Scan(Plan(ColumnType.String, benchmark), Draw(m));
                var bins = Bins(benchmark, current);
                var psi = Stability.Psi.Of(bins, PsiConvention.Benchmark);
                // One in twenty is above the limit; twice the limit is out of reach of chance.
                alarms += psi.Psi > Math.Max(0.10, 2 * psi.NoiseLimit) ? 1 : 0;
            }

            alarms.Should().Be(0, "of {0} and {1} rows", n, m);
        }

        string[] Draw(int rows) => [.. Enumerable.Range(0, rows).Select(_ =>
            $"t{Math.Abs(~Array.BinarySearch(upTo, random.NextDouble() * upTo[^1])):000}")];
    }

    [Fact]
    public void Gives_texts_that_are_frequent_a_bin_beside_many_rare_ones()
    {
        // 30² is the number of rows, so that 30 are enough.
        string[] rare = [.. Enumerable.Range(0, 841).Select(i => $"r{i}")];

        var column = _columns.Profile(ColumnType.String, [.. rare, .. Repeat("a", 29), .. Repeat("b", 30)]);

        column.Bins.Should().BeEquivalentTo(new { Values = new[] { "b" }, Counts = new[] { 30L }, Other = 870L });
    }
}
