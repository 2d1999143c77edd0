using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;
using Benchmark.Data.Scanning;
using Benchmark.Tests.Support;

namespace Benchmark.Data.Tests;

public sealed class Checking_keys : IDisposable
{
    private readonly TempVolume _volume = new();

    public void Dispose() => _volume.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(700)]
    [InlineData(100_000)]
    public void Finds_every_repeated_key_however_few_it_can_keep_at_a_time(long capacity)
    {
        var random = Seed.Random();
        int[] keys = [.. Enumerable.Range(0, 2_000).Select(_ => random.Next(3_000))];
        var file = Path.Combine(_volume.Root, "keys.csv");
        File.WriteAllText(file, $"id\n{string.Join('\n', keys)}\n");

        var duplicates = Duplicates(file, capacity);

        var seen = new HashSet<int>();
        var expected = keys.Index().Where(row => !seen.Add(row.Item)).Select(row => (row.Index + 1L, row.Index + 2L));
        duplicates.Should().Equal(expected);
    }

    [Fact]
    public void Counts_what_it_does_not_compare_when_nearly_every_key_repeats()
    {
        var file = Path.Combine(_volume.Root, "keys.csv");
        // Each key twice, and one of them a third time.
        File.WriteAllText(file, "id\n" + string.Concat(Enumerable.Range(0, 2001).Select(i => $"{i % 1000}\n")));
        var check = new KeyCheck([0], compared: 100);
        using (var rows = CsvRows.Open(file))
        {
            while (rows.Read())
                check.Add(rows);
        }

        var compared = check.Duplicates(file, new SortBuffers(), CancellationToken.None).ToList();

        compared.Should().HaveCountGreaterThanOrEqualTo(100).And.HaveCountLessThanOrEqualTo(101);
        (compared.Count + check.NotCompared).Should().Be(1001);
    }

    private static List<(long, long)> Duplicates(string file, long capacity)
    {
        var check = new KeyCheck([0], capacity);
        using var rows = CsvRows.Open(file);
        while (rows.Read())
            check.Add(rows);
        return [.. check.Duplicates(file, new SortBuffers(), CancellationToken.None)];
    }
}
