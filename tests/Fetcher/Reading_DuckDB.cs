using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;
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

    [Theory]
    [InlineData("'{secret}'")]
    [InlineData("'{allowed}/../secret.csv'")]
    [InlineData("'/etc/passwd'")]
    [InlineData("'http://127.0.0.1:9/scores.csv'")]
    [InlineData("'s3://bucket/scores.csv'")]
    public async Task Reads_no_file_or_address_that_its_source_does_not_name(string file)
    {
        File.WriteAllText(Secret, "id\n1\n");
        var query = $"select * from read_csv({file.Replace("{secret}", Secret).Replace("{allowed}", Allowed)})";

        var failed = await FailureAsync(Sources.InMemoryWith(Allowed), query);

        failed.Reason.Should().Contain("disabled by configuration");
        failed.Hint.Should().StartWith("Name the file, or the directory it is in, in 'files' of the source");
    }

    [Fact]
    public async Task Reads_no_other_file_beside_its_database()
    {
        File.WriteAllText(Secret, "id\n1\n");
        var source = Sources.DuckDb(_volume, "create table t as select 1 as id");

        var failed = await FailureAsync(source, $"select * from t union all from read_csv('{Secret}')");

        failed.Reason.Should().Contain("disabled by configuration");
    }

    [Theory]
    [InlineData("'{allowed}/*.csv'", false)]
    [InlineData("'{allowed}/scores.csv'", true)]
    public async Task Reads_the_files_that_its_source_names(string file, bool alone)
    {
        File.WriteAllText($"{Allowed}/scores.csv", "id\n1\n2\n");
        var source = Sources.InMemoryWith(alone ? $"{Allowed}/scores.csv" : $"{Allowed}/");

        var staged = await StagedAsync(source, $"select * from read_csv({file.Replace("{allowed}", Allowed)})");

        staged.Rows.Should().Be(2);
    }

    [Theory]
    [InlineData("select * from sqlite_scan('x.db', 't')")]
    [InlineData("select st_point(1, 2)::varchar as p")]
    public async Task Neither_downloads_nor_loads_an_extension(string query)
    {
        var failed = await FailureAsync(Sources.InMemory, query);

        failed.Reason.Should().Contain("it exists in the");
        failed.Hint.Should().StartWith("No extension is loaded for a query;");
    }

    [Fact]
    public async Task Reads_everything_where_its_connection_says_so()
    {
        File.WriteAllText(Secret, "id\n1\n");
        var source = Sources.InMemory with { Connection = "Data Source=:memory:;enable_external_access=true" };

        var staged = await StagedAsync(source, $"select * from read_csv('{Secret}')");

        staged.Rows.Should().Be(1);
    }

    [Fact]
    public async Task Asks_for_the_same_files_where_two_sources_share_a_database()
    {
        var open = Sources.DuckDb(_volume, "create table t as select 1 as id") with { Files = [Allowed] };
        var kind = SourceKinds.BuiltIn.Of(open);
        await using var first = SourceConnection.Create(kind, open);
        await SourceConnection.OpenAsync(kind, open, first, CancellationToken.None);
        await using var same = SourceConnection.Create(kind, open);
        await SourceConnection.OpenAsync(kind, open, same, CancellationToken.None);
        var closed = open with { Files = [] };
        await using var other = SourceConnection.Create(kind, closed);

        var act = () => SourceConnection.OpenAsync(kind, closed, other, CancellationToken.None);

        (await act.Should().ThrowAsync<SourceUnavailableException>())
            .WithMessage("*open with other 'files'*Give both the same.");
    }

    private string Secret => Path.Combine(_volume.Root, "secret.csv");

    private string Allowed => Directory.CreateDirectory(Path.Combine(_volume.Root, "allowed")).FullName;

    private async Task<RefreshOutcome> FailureAsync(SourceDefinition source, string query)
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Query(query)));
        return (await fetcher.AskAsync<ModelFetchFailed>(Sources.Request)).Refresh;
    }

    private async Task<ModelStaged> StagedAsync(SourceDefinition source, string query)
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Query(query)));
        return await fetcher.AskAsync<ModelStaged>(Sources.Request);
    }

    public void Dispose() => _volume.Dispose();
}
