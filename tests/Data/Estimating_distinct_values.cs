using System.IO.Hashing;
using System.Text;
using Benchmark.Data.Profiling;

namespace Benchmark.Data.Tests;

public sealed class Estimating_distinct_values
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(20_000)]
    [InlineData(41_000)]
    [InlineData(1_500_000)]
    public void Is_right_to_a_few_percent_however_often_each_value_comes(int distinct)
    {
        var sketch = new DistinctSketch();

        for (var i = 0; i < distinct * 2L; i++)
            sketch.Add(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"value {i % distinct}")));

        sketch.Estimate().Should().BeInRange((long)(distinct * 0.97), (long)(distinct * 1.03));
    }

    [Fact]
    public void Takes_no_new_text_once_it_has_refused_one_but_seeds_that_it_is_given()
    {
        var memory = new MemoryBudget(1 << 16);
        memory.TryReserve(1 << 16).Should().BeTrue();
        var counts = new TextCounts(memory: memory);
        var taken = Enumerable.Range(0, 10_000).Count(i => counts.TryAdd(Encoding.UTF8.GetBytes($"text {i}")));

        memory.Release(1 << 16);
        var later = counts.TryAdd("later"u8);

        taken.Should().BeInRange(100, 9_999);
        later.Should().BeFalse("it would be counted from then on only");
        counts.CountOf(counts.Find("later"u8)).Should().Be(0);
        counts.TryAdd("text 0"u8).Should().BeTrue("it is known");
        new TextCounts(memory: new MemoryBudget(0)).TrySeed(new byte[1 << 20]).Should().BeTrue();
    }

    [Fact]
    public void Keeps_a_columns_memory_within_a_limit_and_its_counts_exact()
    {
        var counts = new TextCounts(maxEntries: 3);
        counts.TrySeed("frozen"u8);
        string[] texts = ["a", "b", "c", "a", "frozen", "d", "b"];

        var taken = texts.Select(text => counts.TryAdd(Encoding.UTF8.GetBytes(text))).ToList();

        taken.Should().Equal(true, true, false, true, true, false, true);
        counts.MostFrequent(10).Select(entry => (counts.TextOf(entry), counts.CountOf(entry)))
            .Should().Equal(("a", 2), ("b", 2), ("frozen", 1));
    }
}
