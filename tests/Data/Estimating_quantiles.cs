using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;
using Benchmark.Tests.Support;
using Xunit.Abstractions;

namespace Benchmark.Data.Tests;

/// <summary>What is said of columns that are too many values to keep.</summary>
public sealed class Estimating_quantiles(ITestOutputHelper output)
{
    private const int Count = 1_000_000;

    public static TheoryData<string> Orders => ["random", "ascending", "descending", "zigzag", "few values", "skewed"];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Is_right_to_the_rank_error_that_it_states(string order)
    {
        var keys = Keys(order);
        var sketch = new QuantileSketch();

        foreach (var key in keys)
            sketch.Add(key);

        var error = WorstRankError(sketch, keys);
        output.WriteLine($"{order}: rank error {error:P4}");
        error.Should().BeLessThan(QuantileSketch.RankError);
    }

    [Fact]
    public void Accounts_for_every_key_and_is_exact_while_there_are_few()
    {
        var sketch = new QuantileSketch();
        for (var i = 0; i < 4095; i++)
            sketch.Add(i % 1000);
        var few = sketch.Ordered<IntegerGrammar>();
        for (var i = 0; i < 100_000; i++)
            sketch.Add(i);

        few.Distinct.Should().Be(1000);
        few.CountOf(94).Should().Be(5);
        few.CountOf(95).Should().Be(4);
        Total(sketch).Should().Be(104_095);
    }

    private long[] Keys(string order)
    {
        var random = Seed.Random();
        return order switch
        {
            // Below 2^53, where each has a double of its own.
            "random" => Make(_ => random.NextInt64(1L << 52)),
            "ascending" => Make(i => i),
            "descending" => Make(i => -i),
            "zigzag" => Make(i => i % 2 == 0 ? i : -i),
            "few values" => Make(_ => random.Next(7)),
            _ => Make(_ => (long)Math.Exp(random.NextDouble() * 36)),
        };
    }

    private static long[] Make(Func<long, long> key) => [.. Enumerable.Range(0, Count).Select(i => key(i))];

    /// <summary>How far the number of keys up to a key is off at most, as a share of all keys.</summary>
    private static double WorstRankError(QuantileSketch sketch, long[] keys)
    {
        var estimate = sketch.Ordered<IntegerGrammar>();
        var sorted = keys.Order().ToArray();
        var worst = 0L;
        for (var rank = 1; rank < 1000; rank++)
        {
            var key = sorted[(long)rank * Count / 1000];
            var upTo = estimate.CountBefore(estimate.First(number => number > key));
            worst = Math.Max(worst, Math.Abs(upTo - UpTo(sorted, key)));
        }
        return (double)worst / Count;
    }

    private static long Total(QuantileSketch sketch) => sketch.Ordered<IntegerGrammar>().Count;

    private static long UpTo(long[] sorted, long key)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] > key)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
