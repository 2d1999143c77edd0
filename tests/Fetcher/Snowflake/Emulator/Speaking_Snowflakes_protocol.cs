using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>The emulator says what Snowflake says, as far as its driver was seen to ask.</summary>
public sealed class Speaking_Snowflakes_protocol : IAsyncLifetime
{
    private SnowflakeEmulator _snowflake = null!;
    private Wire _wire = null!;

    public async Task InitializeAsync()
    {
        _snowflake = await SnowflakeEmulator.StartAsync();
        _wire = new Wire(_snowflake.Address);
        await _wire.LogInAsync();
    }

    public async Task DisposeAsync()
    {
        _wire.Dispose();
        await _snowflake.DisposeAsync();
    }

    [Fact]
    public async Task Logs_in_who_has_the_password()
    {
        var said = await _wire.LogInAsync();

        said.GetProperty("success").GetBoolean().Should().BeTrue();
        said.GetProperty("data").GetProperty("parameters").EnumerateArray()
            .Select(parameter => parameter.GetProperty("name").GetString()).Should().Contain("CLIENT_PREFETCH_THREADS");
    }

    [Fact]
    public async Task Refuses_wrong_credentials()
    {
        var said = await _wire.LogInAsync(password: "wrong");

        Error(said).Should().Be("390100");
        said.GetRawText().Should().NotContain("token");
    }

    [Fact]
    public async Task Reads_a_table_as_it_was()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 1, 0, 0, TimeSpan.Zero));
        _snowflake.Results.TimeTravel.Time = time;
        _snowflake.Results.Execute("create table T as select 1::bigint as ID");
        _snowflake.Results.TimeTravel.Keep("T");
        time.Advance(TimeSpan.FromMinutes(10));
        _snowflake.Results.Execute("update T set ID = 2");
        _snowflake.Results.TimeTravel.Keep("T");

        Task<JsonElement> AskAsync(string moment) => _wire.QueryAsync(
            $"SELECT * FROM T AT(TIMESTAMP => '2026-11-01T{moment}:00.000+00:00'::TIMESTAMP_TZ)");

        foreach (var (moment, id) in new[] { ("01:00", "1"), ("01:09", "1"), ("01:10", "2") })
            Wire.Rows(Data(await AskAsync(moment)).GetProperty("rowset")).Should().BeEquivalentTo([new[] { id }]);
        foreach (var moment in new[] { "00:59", "01:11" })
            Error(await AskAsync(moment)).Should().Be("000707");
    }

    [Fact]
    public async Task Writes_each_type_as_the_JSON_format_does()
    {
        _snowflake.Results.Execute(
            """
            create table t as select * from (values
              (1::bigint, 12345678901234567890123456.123456789012::decimal(38,12), 0.1::double, true,
               date '1969-12-31', time '23:59:59.5',
               timestamp '1969-12-31 23:59:59.999999', timestamptz '2023-11-14 22:13:20.5+00', 'abc'::blob,
               'a,"b" é😀', [1, 2], {'a': 1}),
              (-2, null, null, false, null, null, null, null, null, null, null, null)
            ) t(I, N, F, B, D, T, TS, TZ, RAW, S, A, O)
            """);

        var data = Data(await _wire.QueryAsync("select * from t"));

        Wire.Rows(data.GetProperty("rowset")).Should().BeEquivalentTo(
            new string?[][]
            {
                [
                    "1", "12345678901234567890123456.123456789012", "0.1", "1", "-1", "86399.500000000",
                    "-0.000001000", "1700000000.500000000 1770", "616263", "a,\"b\" é😀", "[1,2]", "{\"a\":1}",
                ],
                ["-2", null, null, "0", null, null, null, null, null, null, null, null],
            }, options => options.WithStrictOrdering());
        data.GetProperty("rowtype").EnumerateArray().Select(column => column.GetProperty("type").GetString())
            .Should().Equal(
            "fixed", "fixed", "real", "boolean", "date", "time", "timestamp_ntz", "timestamp_tz", "binary", "text",
            "array", "object");
        data.GetProperty("rowtype")[1].GetProperty("scale").GetInt32().Should().Be(12);
        data.GetProperty("total").GetInt32().Should().Be(2);
    }

    [Fact]
    public async Task Sends_what_is_not_in_line_as_gzipped_chunks_without_outer_brackets()
    {
        _snowflake.Results.ChunkRows = 2;

        var data = Data(await _wire.QueryAsync("select i as I, 'é😀\"\n' as S from range(14) r(i)"));

        Wire.Rows(data.GetProperty("rowset")).Select(row => row[0])
            .Should().Equal(Enumerable.Range(0, 10).Select(i => $"{i}"));
        data.GetProperty("chunks").EnumerateArray().Select(chunk => chunk.GetProperty("rowCount").GetInt32())
            .Should().Equal(2, 2);
        Wire.Gunzip((await _wire.ChunkAsync(data, 1)).Body).Should().Be("""["12","é😀\"\n"],["13","é😀\"\n"]""");
        (await _wire.RowsAsync(data)).Select(row => row[0]).Should().Equal(Enumerable.Range(0, 14).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Gives_no_chunk_to_who_does_not_send_its_headers()
    {
        var data = Data(await _wire.QueryAsync("select i as I from range(20) r(i)"));

        (await _wire.ChunkAsync(data, 0, withItsHeaders: false)).Status.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Scans_an_earlier_result_and_takes_its_totals()
    {
        _snowflake.Results.Execute("create table t as select i::bigint as ID, i % 2 = 0 as OK from range(30) r(i)");
        var id = Data(await _wire.QueryAsync("select * from t")).GetProperty("queryId").GetString();
        _snowflake.Results.Execute("delete from t");

        var text = Data(await _wire.QueryAsync(
            $"SELECT TO_VARCHAR(\"ID\") AS \"ID\" FROM TABLE(RESULT_SCAN('{id}')) ORDER BY \"ID\""));
        var totals = Data(await _wire.QueryAsync(
            "SELECT count(*) AS t0, TO_VARCHAR(SUM(\"ID\")) AS t1, COUNT_IF(\"OK\") AS t2 FROM "
            + $"TABLE(RESULT_SCAN('{id}'))"));

        (await _wire.RowsAsync(text)).Should().HaveCount(30);
        text.GetProperty("rowtype")[0].GetProperty("type").GetString().Should().Be("text");
        Wire.Rows(totals.GetProperty("rowset")).Should().ContainSingle().Which.Should().Equal("30", "435", "15");
    }

    [Fact]
    public async Task Takes_settings_of_the_session()
    {
        const string statement = "ALTER SESSION SET QUERY_TAG = 'benchmark:1', TIMEZONE = 'UTC'";

        var data = Data(await _wire.QueryAsync(statement));

        Wire.Rows(data.GetProperty("rowset"))
            .Should().ContainSingle().Which.Should().Equal("Statement executed successfully.");
        _snowflake.Results.Statements.Should().Equal(statement);
    }

    [Fact]
    public async Task Runs_a_request_once_however_often_it_comes()
    {
        var request = Guid.NewGuid();

        var first = Data(await _wire.QueryAsync("select 1 as I", request));
        var second = Data(await _wire.QueryAsync("select 1 as I", request));

        second.GetProperty("queryId").GetString().Should().Be(first.GetProperty("queryId").GetString());
        _snowflake.Results.Statements.Should().ContainSingle();
    }

    [Theory]
    [InlineData("select * from nowhere", "002003", "42S02")]
    [InlineData("selec 1", "001003", "42000")]
    [InlineData("SELECT * FROM TABLE(RESULT_SCAN('01b7-unknown'))", "002003", "42S02")]
    public async Task Says_what_is_wrong_with_a_query(string sql, string code, string state)
    {
        var said = await _wire.QueryAsync(sql);

        Error(said).Should().Be(code);
        said.GetProperty("data").GetProperty("sqlState").GetString().Should().Be(state);
    }

    [Fact]
    public async Task Answers_no_query_whose_values_it_would_ignore()
    {
        using var response = await _wire.SendAsync(
            "select ? as I", bindings: new Dictionary<string, object> { ["1"] = new { type = "FIXED", value = "10" } });

        Error(JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()))
            .Should().Be("002049");
    }

    [Fact]
    public async Task Knows_no_session_that_has_been_ended()
    {
        await _wire.EndSessionAsync();

        Error(await _wire.QueryAsync("select 1 as I")).Should().Be("390111");
        _snowflake.Sessions.Ended.Should().Be(1);
    }

    [Fact]
    public async Task Says_how_a_query_fares()
    {
        var id = Data(await _wire.QueryAsync("select 1 as I")).GetProperty("queryId").GetString();

        Data(await _wire.GetAsync($"/monitoring/queries/{id}")).GetProperty("queries")[0].GetProperty("status")
            .GetString().Should().Be("SUCCESS");
    }

    private static JsonElement Data(JsonElement said)
    {
        said.GetProperty("success").GetBoolean().Should().BeTrue("it said {0}", said);
        said.GetProperty("code").ValueKind.Should().Be(JsonValueKind.Null);
        return said.GetProperty("data");
    }

    private static string? Error(JsonElement said)
    {
        said.GetProperty("success").GetBoolean().Should().BeFalse("it said {0}", said);
        return said.GetProperty("code").GetString();
    }
}
