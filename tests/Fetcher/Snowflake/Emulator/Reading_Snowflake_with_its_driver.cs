using System.Data.Common;
using System.Diagnostics;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Fetcher.Sources.Snowflake;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>
/// The Fetcher as in production, with Snowflake's own driver: what goes wrong on the way is survived or told, never
/// staged.
/// </summary>
[NeedsSnowflakeDriver]
public sealed class Reading_Snowflake_with_its_driver : IAsyncLifetime
{
    private const int Rows = 60;
    private const string Scan = "SELECT TO_VARCHAR";

    private readonly TempVolume _volume = new();
    private SnowflakeEmulator _snowflake = null!;

    public async Task InitializeAsync()
    {
        _snowflake = await SnowflakeEmulator.StartAsync();
        _snowflake.Results.Execute(
            "create table model_x as select i::bigint as ID, (i * 1.0625)::decimal(38,10) as AMOUNT, 'grade é😀 ' || "
            + $"i as GRADE from range({Rows}) r(i)");
    }

    public async Task DisposeAsync()
    {
        await _snowflake.DisposeAsync();
        _volume.Dispose();
    }

    [Fact(Timeout = 180_000)]
    public async Task Waits_until_the_source_is_loaded_and_reads_it_as_it_was_then()
    {
        var pause = TimeSpan.FromSeconds(30);
        var time = new PausingTime();
        _snowflake.Results.TimeTravel.Time = time;
        _snowflake.Results.Execute("create table LOADS as select 10::bigint as MONTH");
        _snowflake.Results.TimeTravel.Keep("MODEL_X");
        var model = Sources.Table("MODEL_X") with
        {
            Source = "snowflake",
            Key = ["ID"],
            AsOfRun = true,
            Ready = "select max(MONTH) >= 11 as READY from LOADS",
            FetchTimeout = TimeSpan.FromHours(12),
        };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout,
            Sources.Registry(
                StandIn.Source with { Connection = _snowflake.ConnectionString, AllowPassword = true }, model),
            time);

        await fetcher.PublishAsync(Sources.Request with { RunStartedAt = time.GetUtcNow() });
        await time.BeginsAsync(pause);
        _snowflake.Results.Execute("insert into LOADS values (11); delete from model_x where ID > 2");
        time.Advance(pause);
        _snowflake.Results.TimeTravel.Keep("MODEL_X");
        await time.BeginsAsync(2 * ReadMoment.ClockTolerance);
        time.Advance(2 * ReadMoment.ClockTolerance);
        // What comes later is of the next run.
        _snowflake.Results.Execute("delete from model_x");
        var staged = await fetcher.NextAsync<ModelStaged>();

        staged.Rows.Should().Be(3);
        _snowflake.Results.Statements.Should().Contain(sql => sql.StartsWith("SELECT * FROM MODEL_X AT(TIMESTAMP => "));
    }

    [Fact]
    public async Task Writes_every_type_exactly()
    {
        _snowflake.Results.Execute(
            """
            create or replace table model_x as select * from (values
              (1::bigint, 12345678901234567890123456.123456789012::decimal(38,12), 0.1::double, true,
               date '2024-02-29', time '23:59:59.5',
               timestamp '2024-02-29 12:00:00.123', timestamptz '2024-02-29 12:00:00+00', 'abc'::blob, 'a,b "c" é😀'),
              (-9223372036854775808, 1.5, null, false, date '0001-01-01', time '00:00:00',
               timestamp '1969-12-31 23:59:59.999999', timestamptz '1970-01-01 00:00:00+00', ''::blob, ''),
              (3, null, null, null, null, null, null, null, null, null)
            ) t(ID, AMOUNT, SCORE, OK, D, T, TS, TZ, RAW, "Note, long")
            """);

        var staged = await AskAsync<ModelStaged>();

        staged.Rows.Should().Be(3);
        File.ReadAllText(_volume.Staged().Data).Should().Be(
            "ID,AMOUNT,SCORE,OK,D,T,TS,TZ,RAW,\"Note, long\"\n"
            + "-9223372036854775808,1.500000000000,,false,0001-01-01,00:00:00,1969-12-31T23:59:59.999999,"
            + "1970-01-01T05:30:00+05:30,\"\",\"\"\n"
            + "1,12345678901234567890123456.123456789012,0.1,true,2024-02-29,23:59:59.5,2024-02-29T12:00:00.123,"
            + "2024-02-29T17:30:00+05:30,YWJj,\"a,b \"\"c\"\" é😀\"\n"
            + "3,,,,,,,,,\n");
        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Columns.Select(column => column.Type).Should().Equal(
            ColumnType.Integer, ColumnType.Decimal, ColumnType.Number, ColumnType.Boolean, ColumnType.Date,
            ColumnType.Time,
            ColumnType.Timestamp, ColumnType.Timestamp, ColumnType.Bytes, ColumnType.String);
    }

    [Fact]
    public async Task Reads_through_the_proxy_of_the_environment()
    {
        // The name has no address: only a proxy, whose part the emulator takes, leads there.
        var connection = new DbConnectionStringBuilder { ConnectionString = _snowflake.ConnectionString };
        (connection["host"], connection["port"]) = ("bank.snowflakecomputing.invalid", "80");
        var proxy = new Dictionary<string, string?> { ["HTTP_PROXY"] = _snowflake.Address.ToString() };
        SnowflakeConnection.UseProxyOf(connection, proxy.GetValueOrDefault);

        var staged = await AskAsync<ModelStaged>(source: Source with { Connection = connection.ConnectionString });

        staged.Rows.Should().Be(Rows);
    }

    [Fact]
    public async Task Logs_in_once_and_ends_its_session()
    {
        await AskAsync<ModelStaged>();

        _snowflake.Sessions.Logins.Should().Be(1);
        _snowflake.Sessions.Ended.Should().Be(1);
        _snowflake.Results.Statements.Should().HaveCount(5).And.StartWith(
            $"ALTER SESSION SET QUERY_TAG = 'benchmark:{Sources.Run}', STATEMENT_TIMEOUT_IN_SECONDS = 960, "
            + "ABORT_DETACHED_QUERY = true, TIMEZONE = 'UTC', CLIENT_PREFETCH_THREADS = 1");
    }

    [Fact]
    public async Task Logs_in_once_for_each_fetch_at_a_time_and_not_for_each_model()
    {
        const int models = 24;
        var registry = Sources.Registry(Source with { MaxConcurrentFetches = 4 }, [.. Enumerable.Range(0, models)
            .Select(i => Models.Named("value_stream_1", $"model_{i}") with
            {
                Table = "MODEL_X",
                Source = "snowflake",
                Key = ["ID"],
            })]);
        await using (var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry))
        {
            for (var i = 0; i < models; i++)
                await fetcher.PublishAsync(Sources.Request with { Model = $"model_{i}" });
            await fetcher.NextAsync<ModelStaged>(skip: models - 1);
        }

        _snowflake.Sessions.Logins.Should().BeInRange(1, 4);
        _snowflake.Sessions.Ended.Should().Be(_snowflake.Sessions.Logins);
    }

    [Fact]
    public async Task Keeps_what_was_read_though_the_log_out_is_not_answered()
    {
        _snowflake.Faults.Plan(Fault.LogOutNeverAnswered, Faults.ForEver);

        var staged = await AskAsync<ModelStaged>(
            source: Source with { Connection = $"{Source.Connection};poolingEnabled=false" });

        staged.Rows.Should().Be(Rows);
        _snowflake.Faults.Struck(Fault.LogOutNeverAnswered).Should().BePositive();
    }

    [Fact]
    public async Task Fetches_no_more_of_the_first_result_than_one_part()
    {
        await AskAsync<ModelStaged>();

        _snowflake.ChunksSent("SELECT * FROM").Should().BeLessThanOrEqualTo(1);
        _snowflake.ChunksSent(Scan).Should().Be(5);
    }

    [Theory(Timeout = 180_000)]
    [InlineData(Fault.Unavailable, 2)]
    [InlineData(Fault.SessionExpired, 1)]
    [InlineData(Fault.StillRunning, 3)]
    [InlineData(Fault.ChunkCut, 2)]
    [InlineData(Fault.ChunkForbidden, 1)]
    [InlineData(Fault.ChunkSlow, 1)]
    [InlineData(Fault.ChunkTruncated, 1)]
    [InlineData(Fault.SessionGone, 1)]
    [InlineData(Fault.ChunkShort, 1)]
    [InlineData(Fault.ChunkEmpty, 1)]
    [InlineData(Fault.InlineRowLost, 1)]
    [InlineData(Fault.ValueAltered, 1)]
    internal async Task Stages_what_the_source_has_though_this_happens(Fault fault, int times)
    {
        _snowflake.Faults.Plan(fault, times, Scan, Chunk(fault));

        var staged = await AskAsync<ModelStaged>();

        staged.Rows.Should().Be(Rows);
        Rfc4180.Parse(File.ReadAllBytes(_volume.Staged().Data)).Skip(1).Select(row => string.Join('|', row))
            .Should().Equal(
            Enumerable.Range(0, Rows).Select(i => FormattableString.Invariant($"{i}|{i * 1.0625m:F10}|grade é😀 {i}")));
        _snowflake.Faults.Struck(fault).Should().Be(times);
    }

    [Theory(Timeout = 180_000)]
    [InlineData(Fault.ChunkShort)]
    [InlineData(Fault.ChunkEmpty)]
    [InlineData(Fault.InlineRowLost)]
    [InlineData(Fault.ValueAltered)]
    internal async Task Stages_nothing_when_rows_are_wrong_each_time(Fault fault)
    {
        _snowflake.Faults.Plan(fault, Faults.ForEver, Scan, Chunk(fault));

        var failed = await AskAsync<ModelFetchFailed>();

        failed.Refresh.Reason.Should().Contain("differs from what it has, 3 times in a row.");
        _snowflake.Faults.Struck(fault).Should().BeGreaterThanOrEqualTo(3);
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact]
    public async Task Is_told_at_once_that_the_credentials_are_refused()
    {
        var failed = await AskAsync<ModelFetchFailed>(
            source: Source with { Connection = Source.Connection.Replace("right", "wrong", StringComparison.Ordinal) });

        failed.Refresh.Reason.Should().Contain("refused the credentials").And.NotContain("wrong");
        _snowflake.Sessions.Logins.Should().Be(1);
    }

    [Fact]
    public async Task Is_told_at_once_what_is_wrong_with_the_query()
    {
        var failed = await AskAsync<ModelFetchFailed>(Sources.Query("select * from nowhere") with { Key = ["ID"] });

        failed.Refresh.Reason.Should().Contain("nowhere");
        _snowflake.Sessions.Logins.Should().Be(1);
    }

    [Fact]
    public async Task Is_told_what_to_do_with_numbers_that_are_too_long_to_be_added_up()
    {
        _snowflake.Results.Execute("create table ids as select repeat('9', 38)::decimal(38,0) as ID from range(3)");

        var failed = await AskAsync<ModelFetchFailed>(Sources.Table("IDS"));

        failed.Refresh.Reason.Should().Contain("Value overflow in a SUM aggregate");
        failed.Refresh.Hint.Should().Contain("TO_VARCHAR(id) as id");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ends_at_its_deadline_and_asks_for_the_query_to_be_aborted(bool abortHangs)
    {
        _snowflake.Faults.Plan(Fault.NeverAnswered, within: "model_x");
        _snowflake.Faults.Plan(Fault.AbortNeverAnswered, times: abortHangs ? Faults.ForEver : 0);
        var time = new FakeTimeProvider();
        await using var fetcher = await StartAsync(
            Sources.Query("select * from model_x") with { Key = ["ID"] }, Source, time);

        await fetcher.PublishAsync(Sources.Request);
        await _snowflake.Asked;
        time.Advance(TimeSpan.FromMinutes(15));
        var failed = await fetcher.NextAsync<ModelFetchFailed>();

        failed.Refresh.Reason.Should().Contain("did not finish within 00:15:00");
        await _snowflake.Abort;
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact]
    public async Task Ends_at_its_deadline_and_hangs_up_though_a_chunk_still_drips()
    {
        _snowflake.Faults.Plan(Fault.ChunkDripping, within: Scan, chunk: Chunk(Fault.ChunkDripping));
        var time = new FakeTimeProvider();
        await using var fetcher = await StartAsync(Sources.Table("MODEL_X") with { Key = ["ID"] }, Source, time);

        await fetcher.PublishAsync(Sources.Request);
        await _snowflake.Drip.Begun;
        var started = Stopwatch.GetTimestamp();
        time.Advance(TimeSpan.FromMinutes(15));
        var failed = await fetcher.NextAsync<ModelFetchFailed>();
        var took = Stopwatch.GetElapsedTime(started);

        failed.Refresh.Reason.Should().Contain("did not finish within 00:15:00");
        // Where the driver does not stop by itself it is left behind, after eight seconds.
        took.Should().BeLessThan(TimeSpan.FromSeconds(8));
        await _snowflake.Drip.GivenUp;
        _volume.StagingArea().Should().BeEmpty();
    }

    // The middle of five: an end that is reached too early is another matter than one chunk that lacks something.
    private static int Chunk(Fault fault) => fault is >= Fault.ChunkCut and <= Fault.ChunkForbidden ? 2 : 0;

    private SourceDefinition Source =>
        StandIn.Source with { Connection = _snowflake.ConnectionString, AllowPassword = true };

    private async Task<TAnswer> AskAsync<TAnswer>(ModelDefinition? model = null, SourceDefinition? source = null)
        where TAnswer : class
    {
        await using var fetcher = await StartAsync(
            model ?? Sources.Table("MODEL_X") with { Key = ["ID"] }, source ?? Source);
        return await fetcher.AskAsync<TAnswer>(Sources.Request);
    }

    private Task<FetcherHost> StartAsync(
        ModelDefinition model, SourceDefinition source, TimeProvider? time = null) =>
        FetcherHost.StartAsync(_volume.Layout, Sources.Registry(source, model with { Source = "snowflake" }), time);
}
