using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Reading_PostgreSQL(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly SourceDefinition _source =
        new() { Name = "demo", Kind = "postgres", Connection = server.ConnectionString };

    [Fact(Timeout = 60_000)]
    public async Task Writes_exactly_these_bytes_for_every_type()
    {
        server.Execute(
            """
            create schema value_stream_1;
            create type grade as enum ('A', 'B');
            create table value_stream_1.model_x (id bigint, small smallint, n integer, amount numeric(10,2), score float8, ratio real,
              ok boolean, opened date, at timestamp(3), seen timestamptz, t time, name varchar(20), fixed char(3), g grade,
              id2 uuid, raw bytea, doc jsonb);
            insert into value_stream_1.model_x values (1, -2, 3, 1.50, 0.1, 0.1, true, '2024-02-29', '2024-02-29 12:00:00.123',
              '2024-02-29 12:00:00+02', '23:59:59.5', 'O''Neil, "x"', 'ab', 'B', '6f9619ff-8b86-d011-b42d-00c04fc964ff', 'abc', '{"a": 1}');
            insert into value_stream_1.model_x (id, score, opened) values (2, '-0', '0001-01-01');
            """);
        await using var fetcher = await FetcherProcess.StartAsync(
            _volume.Layout, Sources.Registry(_source, Sources.Table("VALUE_STREAM_1.MODEL_X")));

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        File.ReadAllText(_volume.Staged().Data).Should().Be(
            "id,small,n,amount,score,ratio,ok,opened,at,seen,t,name,fixed,g,id2,raw,doc\n"
            + "1,-2,3,1.50,0.1,0.1,true,2024-02-29,2024-02-29T12:00:00.123,2024-02-29T10:00:00Z,23:59:59.5,\"O'Neil, \"\"x\"\"\","
            + "ab ,B,6f9619ff-8b86-d011-b42d-00c04fc964ff,YWJj,\"{\"\"a\"\": 1}\"\n"
            + "2,,,,-0,,,0001-01-01,,,,,,,,,\n");
        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Columns.Select(column => column.Type).Should().StartWith(
            [ColumnType.Integer, ColumnType.Integer, ColumnType.Integer, ColumnType.Decimal, ColumnType.Number, ColumnType.Number]);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("select * from nowhere", "relation \"nowhere\" does not exist")]
    [InlineData("select 1 / (5000 - i) as n from generate_series(1, 10000) i", "division by zero")]
    [InlineData("select 'infinity'::date as d", "Column 'd', row 1: The value is infinite.")]
    [InlineData("select '-infinity'::timestamptz as d", "Column 'd', row 1: The value is infinite.")]
    [InlineData("select 1234567890123456789012345678901234567890.5::numeric as big", "Column 'big', row 1: Numeric value does not fit")]
    [InlineData("select array[1, 2] as list", "Column 'list' is of type integer[]")]
    [InlineData("select interval '1 day' as term", "Column 'term' is of type interval")]
    [InlineData("with gone as (delete from pg_class returning 1) select * from gone", "in a read-only transaction")]
    public async Task Says_what_is_wrong_with_the_query(string query, string reason)
    {
        await using var fetcher = await FetcherProcess.StartAsync(_volume.Layout, Sources.Registry(_source, Sources.Query(query)));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Reason.Should().Contain(reason);
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task Does_not_try_refused_credentials_again()
    {
        var source = _source with { Connection = _source.Connection.Replace("s3cret", "hunter2", StringComparison.Ordinal) };
        await using var fetcher = await FetcherProcess.StartAsync(_volume.Layout, Sources.Registry(source, Sources.Table("t")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Reason.Should().Contain("refused the credentials").And.NotContain("hunter2");
        failed.Hint.Should().Contain("The credentials were refused");
    }

    public void Dispose() => _volume.Dispose();
}
