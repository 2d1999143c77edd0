using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Tests.Support;
using CsCheck;

namespace Benchmark.Data.Tests;

/// <summary>A key's texts are not kept, and yet profiled like any other column's.</summary>
public sealed class Profiling_keys : IDisposable
{
    private static readonly Gen<string[]> s_keys = Gen.OneOf(
        Gen.Int[0, 1_000_000].Select(i => $"K{i}").Array[0, 400],
        Gen.Int[0, 200].Select(i => i == 0 ? "" : $"K{i}").Array[0, 400],
        Gen.Int[0, 20].Select(i => i == 0 ? "\"\"" : $"K{i}").Array[0, 100]);

    private readonly string _directory = Directory.CreateTempSubdirectory("benchmark-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Says_of_a_key_what_it_says_of_any_text() => Gen.Select(s_keys, s_keys).ForAll((before, after) =>
    {
        var benchmark = Scan(before, key: [], against: null).Profile;

        var asText = Scan(after, key: [], benchmark);
        var asKey = Scan(after, ["id"], benchmark);

        asKey.Profile.Should().BeEquivalentTo(asText.Profile, options => options.WithStrictOrdering());
        // A key is not judged, so the values that the benchmark lacks need not be known one by one.
        asKey.Tally.Should().BeEquivalentTo(
            asText.Tally, options => options.WithStrictOrdering().Excluding(tally => tally!.UnseenValues));
    }, cases: 300);

    [Fact]
    public void Names_the_first_values_of_a_key_that_is_unique()
    {
        string[] keys = [.. Enumerable.Range(0, 3000).Select(i => $"K{2999 - i:0000}")];

        var profile = Scan(keys, ["id"], against: null).Profile;

        profile.Distinct.Should().Be(3000);
        profile.Top.Select(value => value.Value).Should().Equal(Enumerable.Range(0, 10).Select(i => $"K{i:0000}"));
        profile.Bins!.Values.Should().BeEmpty();
        profile.Bins.Other.Should().Be(3000);
    }

    private ScannedColumn Scan(string[] values, IReadOnlyList<string> key, ColumnProfile? against)
    {
        var path = Path.Combine(_directory, $"{Guid.NewGuid()}.csv");
        File.WriteAllText(path, string.Concat(values.Prepend("id").Select(value => $"{value}\n")));
        var scan = CsvScan.Of(path, Plan, key, long.MaxValue, CancellationToken.None);
        File.Delete(path);
        return scan.Columns.Single();

        ColumnPlan Plan(string name) => new() { Name = name, Type = ColumnType.String, Bins = 10, Against = against };
    }
}
