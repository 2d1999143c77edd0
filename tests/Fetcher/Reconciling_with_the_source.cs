using System.Text;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources;
using Benchmark.Fetcher.Sources.DuckDb;
using Benchmark.Tests.Support;
using DuckDB.NET.Data;

namespace Benchmark.Fetcher.Tests;

[NeedsPostgreSql]
public sealed class Reconciling_with_the_source(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TempVolume _volume = new();

    private SourceDefinition Postgres { get; } =
        new() { Name = "demo", Kind = "postgres", Connection = server.ConnectionString };

    [Theory]
    [InlineData("170141183460469231731687303715884105727::hugeint")]
    [InlineData("(-170141183460469231731687303715884105727)::hugeint")]
    [InlineData("18446744073709551615::ubigint")]
    [InlineData("time '23:59:59.999999'")]
    [InlineData("timestamptz '1969-12-31 23:59:59.999999+02'")]
    [InlineData("timestamptz '0001-01-01 05:30:00+05:30'")]
    [InlineData("timestamptz '9999-12-31 18:29:59.999999-05:30'")]
    [InlineData("timestamp_ms '2024-02-29 12:00:00.123'")]
    [InlineData("1.1::float")]
    [InlineData("0.1::double")]
    public Task Agrees_on_the_types_of_DuckDB(string value) => StageAsync(Sources.InMemory, value, "from range(3)");

    [Theory]
    [InlineData("time '23:59:59.999999'")]
    [InlineData("timestamptz '1969-12-31 23:59:59.999999+02'")]
    [InlineData("timestamptz '0001-01-01 05:30:00+05:30'")]
    [InlineData("timestamptz '9999-12-31 18:29:59.999999-05:30'")]
    [InlineData("1.1::real")]
    [InlineData("0.1::float8")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999.5::numeric")]
    public Task Agrees_on_the_types_of_PostgreSQL(string value) =>
        StageAsync(Postgres, value, "from generate_series(1, 3)");

    // They are written in UTC, where it is another year.
    [Theory]
    [InlineData("0001-01-01 00:00:00+05:30")]
    [InlineData("0001-01-01 05:29:59.999999+05:30")]
    [InlineData("9999-12-31 18:30:00-05:30")]
    public async Task Refuses_a_time_whose_year_in_UTC_is_none_that_a_file_may_have(string time)
    {
        var query = Sources.Query($"select timestamptz '{time}' as v") with { Reconcile = true };
        foreach (var source in new[] { Sources.InMemory, Postgres })
        {
            await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, Sources.Registry(source, query));

            var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

            failed.Refresh.Reason.Should().Be("Column 'v', row 1: The year is not between 1 and 9999.");
            _volume.StagingArea().Should().BeEmpty();
        }
    }

    [Fact]
    public Task Agrees_on_a_domain_over_a_real()
    {
        server.Execute("create domain score as real");
        return StageAsync(Postgres, "0.1::score", "from generate_series(1, 3)");
    }

    [Theory]
    [InlineData("id\n1\n2", "The last row is whole in the source")]
    [InlineData("id\n1\nx\n", "A value is of its column's type in the source")]
    [InlineData("id\n1\n3\n", "Column 'id': the sum is 3 in the source, but 4 in what was read.")]
    [InlineData("id\n1\n", "The number of rows is 2 in the source, but 1 in what was read.")]
    public async Task Sees_what_is_wrong_in_the_file(string file, string difference)
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        using var written = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var facts = new CsvFacts
        {
            Sha256 = "",
            Bytes = file.Length,
            Rows = 2,
            Columns = [new ColumnFacts { Name = "id", Type = ColumnType.Integer, Nulls = 0 }],
        };

        var compare = () => Reconciliation.CheckAsync(
            new DuckDbSource(), connection, new PreparedQuery("(select i as id from range(1, 3) r(i)) as fetched"),
            facts, written, CancellationToken.None);

        (await compare.Should().ThrowAsync<TotalsDifferException>()).Which.Message.Should().StartWith(difference);
    }

    public void Dispose() => _volume.Dispose();

    private async Task StageAsync(SourceDefinition source, string value, string threeRows)
    {
        var model = Sources.Query($"select {value} as v {threeRows}") with { Reconcile = true };
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, Sources.Registry(source, model));

        (await fetcher.AskAsync<ModelStaged>(Sources.Request)).Rows.Should().Be(3);
    }
}
