using Benchmark.Data.Profiling;

namespace Benchmark.Data.Tests;

public sealed class Sharing_memory
{
    private const int Page = 1 << 17;

    [Fact]
    public void Gives_to_one_list_what_another_gave_up()
    {
        var chunks = new MemoryBudget(Page).Chunks;
        var first = Fill(chunks, from: 0, count: 60_000);
        chunks.TryReserve(1000).Should().BeFalse("there is memory for one page");

        chunks.Release(first);

        chunks.TryReserve(1000).Should().BeTrue();
        var second = Fill(chunks, from: 5, count: 60_000);
        Numbers(chunks, second).Should().Equal(Enumerable.Range(5, 60_000).Select(i => (ushort)i));
    }

    [Fact]
    public void Keeps_lists_apart()
    {
        var chunks = new MemoryBudget(long.MaxValue).Chunks;

        int[] ends = [.. Enumerable.Range(0, 200).Select(i => Fill(chunks, from: i, count: i * 7))];

        for (var i = 0; i < ends.Length; i++)
            Numbers(chunks, ends[i]).Should().Equal(Enumerable.Range(i, i * 7).Select(number => (ushort)number));
    }

    [Fact]
    public void Keeps_what_was_kept_when_there_is_no_memory_for_more()
    {
        var multiples = new Multiples(new MemoryBudget(Page));
        int[] some = [.. Enumerable.Range(-10_000, 20_000)];
        int[] more = [.. Enumerable.Range(0, 50_000)];

        multiples.TryAdd(some).Should().BeTrue();
        multiples.TryAdd(more).Should().BeFalse();

        List<int> kept = [];
        multiples.MoveTo(block => kept.AddRange(block));
        kept.Should().Equal(some);
        multiples.TryAdd(more).Should().BeTrue("the others were given up");
    }

    private static int Fill(Chunks chunks, int from, int count)
    {
        chunks.TryReserve(count / Chunks.Room + 1).Should().BeTrue();
        var end = 0;
        for (var i = 0; i < count; i++)
        {
            if (end % Chunks.Stride == 0)
                end = chunks.Take(end == 0 ? Chunks.None : end / Chunks.Stride - 1);
            chunks.Put(end++, (ushort)(from + i));
        }
        return end;
    }

    private static List<ushort> Numbers(Chunks chunks, int end)
    {
        List<ushort> numbers = [];
        while (end > 0)
            numbers.InsertRange(0, chunks.Read(ref end));
        return numbers;
    }
}
