using Benchmark.Contracts;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Reading_DuckDB : IDisposable
{
    // Some 130 MB.
    private const string Rows =
        "create table t as select i as id, repeat(md5((-2 * i)::varchar), 6) as a, md5(i::varchar) as b from "
        + "range(500000) r(i)";

    private readonly TempVolume _volume = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sorts_what_does_not_fit_the_memory_that_a_table_needs(bool reconcile)
    {
        var source = Sources.DuckDb(_volume, Rows);
        var model = Sources.Query("select * from t order by b") with { Reconcile = reconcile };
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, Sources.Registry(source, model));

        var staged = await fetcher.AskAsync<ModelStaged>(Sources.Request);

        staged.Rows.Should().Be(500_000);
        File.ReadLines(_volume.Staged().Data).Skip(1).Select(line => line[^32..])
            .Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Keeps_to_the_memory_that_its_connection_sets()
    {
        var source = Sources.DuckDb(_volume, Rows);
        var model = Sources.Query("select * from t order by b");
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(
                source with { Connection = source.Connection + ";memory_limit=33MB" }, model));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain("Out of Memory Error");
        failed.Refresh.Hint.Should().Contain("memory_limit=1GB");
    }

    public void Dispose() => _volume.Dispose();
}
