using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Fetcher.Sources;
using Benchmark.Fetcher.Sources.Postgres;
using Benchmark.Tests.Support;
using Npgsql;

namespace Benchmark.Fetcher.Tests;

[NeedsPostgreSql]
public sealed class Reading_PostgreSQL(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly SourceDefinition _source =
        new() { Name = "demo", Kind = "postgres", Connection = server.ConnectionString };

    [Fact]
    public async Task Writes_exactly_these_bytes_for_every_type()
    {
        server.Execute(
            """
            create schema value_stream_1;
            create type grade as enum ('A', 'B');
            create table value_stream_1.model_x (
              id bigint, small smallint, n integer, amount numeric(10,2), score float8, ratio real, ok boolean,
              opened date, at timestamp(3), seen timestamptz, t time, name varchar(20), fixed char(3), g grade,
              id2 uuid, raw bytea, doc jsonb);
            insert into value_stream_1.model_x values (
              1, -2, 3, 1.50, 0.1, 0.1, true, '2024-02-29', '2024-02-29 12:00:00.123', '2024-02-29 12:00:00+02',
              '23:59:59.5', 'O''Neil, "x"', 'ab', 'B', '6f9619ff-8b86-d011-b42d-00c04fc964ff', 'abc', '{"a": 1}');
            insert into value_stream_1.model_x (id, score, opened) values (2, '-0', '0001-01-01');
            """);
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(_source, Sources.Table("VALUE_STREAM_1.MODEL_X")));

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        File.ReadAllText(_volume.Staged().Data).Should().Be(
            "id,small,n,amount,score,ratio,ok,opened,at,seen,t,name,fixed,g,id2,raw,doc\n"
            + "1,-2,3,1.50,0.1,0.1,true,2024-02-29,2024-02-29T12:00:00.123,2024-02-29T10:00:00Z,23:59:59.5,\"O'Neil, "
            + "\"\"x\"\"\","
            + "ab ,B,6f9619ff-8b86-d011-b42d-00c04fc964ff,YWJj,\"{\"\"a\"\": 1}\"\n"
            + "2,,,,-0,,,0001-01-01,,,,,,,,,\n");
        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Columns.Select(column => column.Type).Should().StartWith(
            [ColumnType.Integer, ColumnType.Integer, ColumnType.Integer, ColumnType.Decimal, ColumnType.Number,
                ColumnType.Number]);
    }

    [Theory]
    [InlineData("1234567890123456789012345678901234567890.5::numeric", "1234567890123456789012345678901234567890.5")]
    [InlineData("-99999999999999999999999999999999999999::numeric(38,0)", "-99999999999999999999999999999999999999")]
    [InlineData("0.12345678901234567890123456789012345678::numeric(38,38)", "0.12345678901234567890123456789012345678")]
    [InlineData("1.50::numeric(28,2)", "1.50")]
    [InlineData("1.500::numeric", "1.500")]
    [InlineData("'NaN'::numeric", "NaN")]
    [InlineData("'NaN'::numeric(5,2)", "NaN")]
    [InlineData("'-Infinity'::numeric", "-Infinity")]
    [InlineData("0::numeric", "0")]
    [InlineData("0.000::numeric", "0.000")]
    [InlineData("10000::numeric", "10000")]
    [InlineData("100000000.00010::numeric", "100000000.00010")]
    [InlineData("-0.00001::numeric", "-0.00001")]
    [InlineData("-1e20::numeric", "-100000000000000000000")]
    public async Task Keeps_every_digit_of_a_numeric(string value, string expected)
    {
        var model = Sources.Query($"select {value} as n, 1 as id") with { Reconcile = true };
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, Sources.Registry(_source, model));

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        File.ReadAllText(_volume.Staged().Data).Should().Be($"n,id\n{expected},1\n");
        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Columns[0].Type.Should().Be(ColumnType.Decimal);
    }

    [Fact]
    public async Task Writes_a_numeric_as_the_server_does()
    {
        // Of every length on both sides of the point, the same each time.
        const string Query =
            """
            select n, n::text as expected from generate_series(1, 3000) i, lateral (
              select (case when i % 2 = 0 then '-' else '' end
                || translate(substr(md5(i::text) || md5((i + 1)::text), 1, 1 + i % 40), 'abcdef', '000000') || '.'
                || translate(substr(md5((i + 2)::text), 1, i % 23), 'abcdef', '000000'))::numeric as n) t
            """;
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(_source, Sources.Query(Query)));

        (await fetcher.AskAsync<ModelStaged>(Sources.Request)).Rows.Should().Be(3000);

        foreach (var fields in Rfc4180.Parse(File.ReadAllBytes(_volume.Staged().Data)).Skip(1))
            fields[0].Should().Be(fields[1]);
    }

    [Theory]
    [InlineData("select repeat('xä', 3000000) as v, i as id from generate_series(1, 3) i", 9_000_000)]
    [InlineData("select decode(repeat('ab', 4000000), 'hex') as v, i as id from generate_series(1, 2) i", 5_333_336)]
    [InlineData("select repeat('x', 100 * i) as v, 1 as id from generate_series(1, 2000) i", 100)]
    public async Task Takes_rows_of_any_length(string query, int bytes)
    {
        var model = Sources.Query(query) with { Reconcile = true };
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, Sources.Registry(_source, model));

        var staged = await fetcher.AskAsync<ModelStaged>(Sources.Request);

        using var lines = File.ReadLines(_volume.Staged().Data).GetEnumerator();
        lines.MoveNext();
        lines.MoveNext();
        lines.Current.Should().EndWith(",1");
        System.Text.Encoding.UTF8.GetByteCount(lines.Current).Should().Be(bytes + ",1".Length);
        staged.Bytes.Should().Be(new FileInfo(_volume.Staged().Data).Length);
    }

    [Theory]
    [InlineData("'$.a'::jsonpath", "\"$.\"\"a\"\"\"")]
    [InlineData("'{\"a\": 1}'::json", "\"{\"\"a\"\": 1}\"")]
    [InlineData("'<a>é</a>'::xml", "<a>é</a>")]
    [InlineData("'x'::name", "x")]
    [InlineData("'x'", "x")]
    [InlineData("'12:00:00.000001'::time", "12:00:00.000001")]
    public async Task Takes_what_is_text_in_another_wrapping(string value, string expected)
    {
        var model = Sources.Query($"select {value} as v -- no comma") with { Reconcile = true };
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, Sources.Registry(_source, model));

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        File.ReadAllText(_volume.Staged().Data).Should().Be($"v\n{expected}\n");
    }

    [Theory]
    [InlineData("select pg_sleep(3600) is null as slept")]
    [InlineData("select i as id, repeat('x', 1000) as v from (select generate_series(1, 1000000000) as i) t")]
    public async Task Leaves_no_query_behind_on_the_server_when_it_is_stopped(string query)
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(_source, Sources.Query(query)));
        await fetcher.PublishAsync(Sources.Request);
        await UntilAsync(query, running: true);

        await fetcher.StopAsync();

        await UntilAsync(query, running: false);
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact]
    public async Task Ends_at_once_when_a_value_is_refused_and_leaves_no_query_behind()
    {
        const string Query =
            "select case when i = 5000 then 'infinity'::date end as d from (select generate_series(1, 1000000000) as "
            + "i) t";
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(_source, Sources.Query(Query)));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain("Column 'd', row 5000: The value is infinite.");
        await UntilAsync(Query, running: false);
    }

    [Theory]
    [InlineData("select * from nowhere", "relation \"nowhere\" does not exist")]
    [InlineData("select 1 / (5000 - i) as n from generate_series(1, 10000) i", "division by zero")]
    [InlineData("select 'infinity'::date as d", "Column 'd', row 1: The value is infinite.")]
    [InlineData("select '-infinity'::timestamptz as d", "Column 'd', row 1: The value is infinite.")]
    [InlineData("select '0044-03-15 BC'::date as d", "Column 'd', row 1: The year is not between 1 and 9999.")]
    [InlineData("select '10000-01-01'::timestamp as d", "Column 'd', row 1: The year is not between 1 and 9999.")]
    [InlineData(
        "select '24:00:00'::time as t", "Column 't', row 1: The time is not between 00:00:00 and 23:59:59.9999999.")]
    [InlineData("select '12:00:00+02'::timetz as t", "Column 't' is of type time with time zone")]
    [InlineData("select '{1,2}'::text[] as list", "Column 'list' is of type text[]")]
    [InlineData("select row(1, 2) as r", "Column 'r' is of type record")]
    [InlineData("select '[1,2)'::int4range as r", "Column 'r' is of type int4range")]
    [InlineData("select 1::money as m", "Column 'm' is of type money")]
    [InlineData("select array[1, 2] as list", "Column 'list' is of type integer[]")]
    [InlineData("select interval '1 day' as term", "Column 'term' is of type interval")]
    [InlineData("with gone as (delete from pg_class returning 1) select * from gone", "in a read-only transaction")]
    public async Task Says_what_is_wrong_with_the_query(string query, string reason)
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(_source, Sources.Query(query)));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain(reason);
        _volume.StagingArea().Should().BeEmpty();
    }

    [Theory]
    [InlineData("RISK.CUSTOMER", "Did you mean 'risk.customers'?")]
    [InlineData("customer", "Did you mean 'risk.customers'?")]
    [InlineData("something_else_entirely", "Correct 'table' or 'query'")]
    public async Task Suggests_the_nearest_table(string table, string hint)
    {
        var connection = server.AddDatabase();
        using (var loading = new NpgsqlConnection(connection + ";Pooling=false"))
        {
            loading.Open();
            using var command = new NpgsqlCommand("create schema risk; create table risk.customers (id int)", loading);
            command.ExecuteNonQuery();
        }
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(_source with { Connection = connection }, Sources.Table(table)));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain("does not exist");
        failed.Refresh.Hint.Should().StartWith(hint);
    }

    [Fact]
    public async Task Does_not_try_refused_credentials_again()
    {
        var source =
            _source with { Connection = _source.Connection.Replace("s3cret", "hunter2", StringComparison.Ordinal) };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Table("t")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain("refused the credentials").And.NotContain("hunter2");
        failed.Refresh.Hint.Should().Contain("The credentials were refused");
    }

    [Fact]
    public async Task Takes_a_statement_timeout_for_an_answer()
    {
        var source = _source with { Connection = _source.Connection + ";Options=-c statement_timeout=50" };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Query("select pg_sleep(60) is null as slept")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Contain("canceling statement due to statement timeout");
    }

    [Theory]
    [InlineData("select pg_terminate_backend(pg_backend_pid())", FailureClass.Transient)]
    [InlineData("select pg_cancel_backend(pg_backend_pid()), pg_sleep(60)", FailureClass.Permanent)]
    [InlineData("select * from nowhere", FailureClass.Permanent)]
    [InlineData("do $$ begin raise exception using errcode = '53100'; end $$", FailureClass.Transient)]
    [InlineData("do $$ begin raise exception using errcode = '40001'; end $$", FailureClass.Transient)]
    internal async Task Tries_again_only_what_may_pass(string statement, FailureClass expected)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);

        var failure = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());

        new PostgresSource().Classify(failure).Should().Be(expected);
    }

    public void Dispose() => _volume.Dispose();

    private async Task UntilAsync(string query, bool running)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select count(*) from pg_stat_activity where state = 'active' and strpos(query, $1) > 0 and pid <> "
            + "pg_backend_pid()", connection);
        command.Parameters.AddWithValue(query);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((long)(await command.ExecuteScalarAsync())! > 0 != running)
            await pause.WaitForNextTickAsync();
    }
}
