using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;

namespace Benchmark.Data.Tests;

/// <summary>What columns of many values say when there is not memory for all of them.</summary>
public sealed class Sharing_memory : IDisposable
{
    private const int Rows = 100_000;
    // Blocks for so many numbers of 4 bytes, and the room to sort them; a second list takes half a megabyte more.
    private const int One = (127 << 10) * (sizeof(int) + 2 * sizeof(int));

    private readonly string _directory = Directory.CreateTempSubdirectory("benchmark-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Gives_to_one_column_what_another_gave_up()
    {
        string[] rows = [
            .. Enumerable.Range(0, Rows).Select(i => $"{i * 7919L % 1_000_003},{i * 104_729L % 1_000_003}")];

        var exact = Scan(rows, long.MaxValue);
        var columns = Scan(rows, One + 250_000);

        exact.Should().AllSatisfy(column => column.RankError.Should().BeNull());
        columns.Should().ContainSingle(column => column.RankError == null)
            .Which.Should().BeEquivalentTo(exact[1], "the first column was the first to be refused");
    }

    [Theory]
    // Refused at once; as a list of short numbers; when these become long ones; as a list of those.
    [InlineData(0)]
    [InlineData(300_000)]
    [InlineData(1_900_000)]
    [InlineData(2_500_000)]
    public void Counts_every_value_whenever_memory_ends(long memory)
    {
        string[] rows = [.. Enumerable.Range(0, Rows).Select(i => i == Rows / 2 ? "1234567890123,1" : $"{i},{i}")];

        var column = Scan(rows, memory)[0];

        column.RankError.Should().Be(QuantileSketch.RankError);
        column.Bins!.Counts.Sum().Should().Be(Rows);
        column.Distinct.Should().BeCloseTo(Rows, Rows / 25);
        column.Quantiles!["0.50"].Should().BeApproximately(Rows / 2, Rows * QuantileSketch.RankError);
        var mean = (1234567890123 + (Rows - 1L) * Rows / 2 - Rows / 2) / (double)Rows;
        column.Mean.Should().BeApproximately(mean, mean * 1e-12);
        (column.Min, column.Max).Should().Be(("0", "1234567890123"));
    }

    private IReadOnlyList<ColumnProfile> Scan(string[] rows, long memory)
    {
        var path = Path.Combine(_directory, "values.csv");
        File.WriteAllText(path, string.Concat(rows.Prepend("a,b").Select(row => $"{row}\n")));
        return CsvScan.Of(path, Plan, [], memory, CancellationToken.None).Profile.Columns;

        static ColumnPlan Plan(string name) => new() { Name = name, Type = ColumnType.Integer, Bins = 10 };
    }
}
