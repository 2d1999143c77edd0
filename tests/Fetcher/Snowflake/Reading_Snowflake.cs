using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Fetcher.Sources;
using Benchmark.Fetcher.Sources.Snowflake;
using Benchmark.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests.Snowflake;

public sealed class Reading_Snowflake : IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly StandIn _snowflake = new();
    private readonly LogCapture _log = new(LogLevel.Warning, "Benchmark.");

    [Fact]
    public async Task Writes_exactly_these_bytes_for_every_type()
    {
        _snowflake.Execute(
            """
            create table model_x as select * from (values
              (1::bigint, 12345678901234567890123456.123456789012::decimal(38,12), 0.1::double, true,
               date '2024-02-29', time '23:59:59.5',
               timestamp '2024-02-29 12:00:00.123', timestamptz '2024-02-29 12:00:00+00', 'abc'::blob, 'a,b "c" 😀'),
              (-9223372036854775808, 1.5, '-0', false, date '0001-01-01', time '00:00:00',
               timestamp '1969-12-31 23:59:59.999999', timestamptz '1970-01-01 00:00:00+00', ''::blob, ''),
              (3, 0, 'nan', null, date '9999-12-31', null, null, null, null, null),
              (4, null, '-inf', null, null, null, null, null, null, null),
              (5, null, 1.7976931348623157e308, null, null, null, null, null, null, null)
            ) t(ID, AMOUNT, SCORE, OK, D, T, TS, TZ, RAW, "Note, long")
            """);

        var staged = await AskAsync<ModelStaged>(Sources.Table("MODEL_X") with { Key = ["ID"] });

        staged.Rows.Should().Be(5);
        File.ReadAllText(_volume.Staged().Data).Should().Be(
            "ID,AMOUNT,SCORE,OK,D,T,TS,TZ,RAW,\"Note, long\"\n"
            + "-9223372036854775808,1.500000000000,-0,false,0001-01-01,00:00:00,1969-12-31T23:59:59.999999,"
            + "1970-01-01T05:30:00+05:30,\"\",\"\"\n"
            + "1,12345678901234567890123456.123456789012,0.1,true,2024-02-29,23:59:59.5,2024-02-29T12:00:00.123,"
            + "2024-02-29T17:30:00+05:30,YWJj,\"a,b \"\"c\"\" 😀\"\n"
            + "3,0.000000000000,NaN,,9999-12-31,,,,,\n"
            + "4,,-Infinity,,,,,,,\n"
            + "5,,1.7976931348623157E+308,,,,,,,\n");
        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Columns.Select(column => column.Type).Should().Equal(
            ColumnType.Integer, ColumnType.Decimal, ColumnType.Number, ColumnType.Boolean, ColumnType.Date,
            ColumnType.Time,
            ColumnType.Timestamp, ColumnType.Timestamp, ColumnType.Bytes, ColumnType.String);
    }

    [Fact]
    public async Task Tags_its_session_and_reconciles_with_the_very_result_it_read()
    {
        await AskAsync<ModelStaged>(Sources.Query("select 1::bigint as ID") with { Key = ["ID"] });

        _snowflake.Logins.Should().Be(1);
        _snowflake.ConnectionString.Should().Contain("minPoolSize=0").And.Contain(
            "CLIENT_TELEMETRY_ENABLED=false");
        var id = VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Source.QueryId;
        _snowflake.Statements.Should().Equal(
            $"ALTER SESSION SET QUERY_TAG = 'benchmark:{Sources.Run}', STATEMENT_TIMEOUT_IN_SECONDS = 960, "
            + "ABORT_DETACHED_QUERY = true, TIMEZONE = 'UTC', CLIENT_PREFETCH_THREADS = 1",
            "select 1::bigint as ID",
            "ALTER SESSION SET CLIENT_PREFETCH_THREADS = 2",
            $"SELECT TO_VARCHAR(\"ID\") AS \"ID\" FROM TABLE(RESULT_SCAN('{id}')) AS fetched ORDER BY fetched.\"ID\"",
            "SELECT count(*) AS t0, count(\"ID\") AS t1, TO_VARCHAR(SUM(\"ID\")) AS t2 FROM "
            + $"TABLE(RESULT_SCAN('{id}'))");
    }

    [Theory]
    [InlineData("select [1, 2] as A", "Column 'A' is of type ARRAY", "to_json(A) as A")]
    [InlineData("select {'a': 1} as O", "Column 'O' is of type OBJECT", "to_json(O) as O")]
    [InlineData(
        "select '2024-01-01 00:00:00.123456789'::timestamp_ns as SEEN", "Column 'SEEN', row 1: The time is finer than",
        "cast(SEEN")]
    [InlineData("select timestamp '290000-01-01 00:00:00' as SEEN", "Column 'SEEN', row 1: ", "cast(SEEN")]
    [InlineData(
        "select timestamptz '0001-01-01 00:00:00+05:30' as TZ",
        "Column 'TZ', row 1: What came is not a time", "cast(TZ")]
    [InlineData("select date '10000-01-01' as D", "Column 'D', row 1: ", "cast(D")]
    public async Task Refuses_what_the_file_cannot_hold(string query, string reason, string hint)
    {
        var failed = await AskAsync<ModelFetchFailed>(Sources.Query(query));

        failed.Refresh.Reason.Should().Contain(reason);
        failed.Refresh.Hint.Should().Contain(hint);
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact]
    public async Task Says_what_to_do_with_numbers_that_are_too_long_to_be_added_up()
    {
        const string TooLong = "99999999999999999999999999999999999999::decimal(38,0)";

        var failed = await AskAsync<ModelFetchFailed>(Sources.Query($"select {TooLong} as ID from range(3)"));

        failed.Refresh.Reason.Should().Contain("Value overflow in a SUM aggregate");
        failed.Refresh.Hint.Should().Contain("TO_VARCHAR(id) as id");
        (await AskAsync<ModelStaged>(
            Sources.Query($"select TO_VARCHAR({TooLong}) as ID from range(3)"))).Rows.Should().Be(3);
    }

    [Fact]
    public async Task Publishes_no_number_whose_text_has_lost_digits()
    {
        _snowflake.DigitsOfFloats = 15;

        var failed = await AskAsync<ModelFetchFailed>(
            Sources.Query("select * from (values (0.5::double), (0.1::double + 0.2), ('nan'), ('inf')) t(SCORE)"));

        failed.Refresh.Reason.Should().StartWith("Column 'SCORE': 1 values change when the source writes them as text");
        failed.Refresh.Hint.Should().Contain("cast(SCORE as number");
        _volume.StagingArea().Should().BeEmpty();
    }

    [Theory]
    [InlineData("account=a;user=u;password=hunter2", "logs in with a password")]
    [InlineData("account=a;user=u;authenticator=snowflake;PASSWORD=hunter2", "logs in with a password")]
    [InlineData("account=a;user=u;authenticator=externalbrowser", "=externalbrowser, which needs a person")]
    public async Task Refuses_a_log_in_that_is_weak_or_asks_a_person(string connection, string reason)
    {
        var failed = await AskAsync<ModelFetchFailed>(
            Sources.Query("select 1 as ID"), StandIn.Source with { Connection = connection });

        failed.Refresh.Reason.Should().Contain(reason).And.NotContain("hunter2");
        _snowflake.Logins.Should().Be(0);
    }

    [Theory]
    [InlineData("account=a;user=u;authenticator=snowflake_jwt;private_key_file=/k.p8;private_key_pwd=x", false)]
    [InlineData("account=a;user=u;authenticator=oauth;token=t", false)]
    [InlineData("account=a;user=u;authenticator=programmatic_access_token;token=t", false)]
    [InlineData("account=a;authenticator=workload_identity;workload_identity_provider=AWS", false)]
    [InlineData("account=a;user=u;password=x;db=RISK;warehouse=WH;role=R", true)]
    public async Task Logs_in_by_key_pair_or_token_or_a_password_that_is_allowed(string connection, bool allowPassword)
    {
        await AskAsync<ModelStaged>(
            Sources.Query("select 1 as ID"),
            StandIn.Source with { Connection = connection, AllowPassword = allowPassword });

        _snowflake.ConnectionString.Should().StartWith(connection);
    }

    [Fact]
    public async Task Takes_a_password_in_SNOWFLAKE_CONN_as_it_is_and_says_once_what_to_do_about_it()
    {
        var source = StandIn.Source with
        {
            Connection = "account=a;user=u;password=hunter2",
            AllowPassword = true,
            Implicit = true
        };
        await using var fetcher = await StartAsync(Sources.Query("select 1 as ID"), source);

        await fetcher.AskAsync<ModelStaged>(Sources.Request);
        await fetcher.PublishAsync(Sources.Request with { RunId = Guid.NewGuid() });
        await fetcher.NextAsync<ModelStaged>(skip: 1);

        _log.Lines.Should().ContainSingle().Which.Should()
            .Contain("SNOWFLAKE_CONN holds a password").And.Contain("key pair").And.NotContain("hunter2");
    }

    [Theory]
    [InlineData("account=a;user=u;authenticator=oauth;token=t", true)]
    [InlineData("account=a;user=u;password=hunter2", false)]
    public async Task Says_nothing_of_a_token_or_of_a_password_that_the_registry_allows(
        string connection, bool isImplicit)
    {
        var source = StandIn.Source with { Connection = connection, AllowPassword = true, Implicit = isImplicit };
        await using var fetcher = await StartAsync(Sources.Query("select 1 as ID"), source);

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        _log.Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task Orders_rows_by_the_key_itself_and_not_by_its_text()
    {
        var model = Sources.Query("select * from (values (10), (9), (-1), (100)) t(ID)") with { Key = ["ID"] };

        await AskAsync<ModelStaged>(model);

        File.ReadAllText(_volume.Staged().Data).Should().Be("ID\n-1\n9\n10\n100\n");
    }

    [Theory]
    [InlineData(390100, null, FailureClass.Credentials)]
    [InlineData(390144, null, FailureClass.Credentials)]
    [InlineData(270064, null, FailureClass.Credentials)]
    [InlineData(270052, null, FailureClass.Connection)]
    [InlineData(270006, null, FailureClass.Connection)]
    [InlineData(2003, "42S02", FailureClass.Permanent)]
    [InlineData(100038, "22018", FailureClass.Permanent)]
    [InlineData(630, "57014", FailureClass.Permanent)]
    [InlineData(390111, null, FailureClass.Transient)]
    [InlineData(390114, null, FailureClass.Transient)]
    [InlineData(270001, null, FailureClass.Transient)]
    [InlineData(270007, null, FailureClass.Transient)]
    internal void Tries_again_only_what_may_pass(int code, string? state, FailureClass expected)
    {
        var kind = new SnowflakeSource(() => _snowflake);
        var said = new StandInException(code, state, "what the server said");

        // The driver wraps what the server said.
        kind.Classify(new StandInException(270001, "08006", "Unable to connect", new AggregateException(said)))
            .Should().Be(expected);
        kind.Classify(said).Should().Be(expected);
    }

    [Fact]
    public async Task Does_not_try_refused_credentials_again()
    {
        _snowflake.LoginFailure = new StandInException(
            270001, "08006", "Unable to connect",
            new StandInException(390100, null, "Incorrect username or token was specified."));

        var failed = await AskAsync<ModelFetchFailed>(Sources.Query("select 1 as ID"));

        failed.Refresh.Reason.Should().Contain("refused the credentials");
        failed.Refresh.Hint.Should().Contain("renew the secret of the source 'snowflake'");
        _snowflake.Logins.Should().Be(1);
    }

    [Fact]
    public async Task Ends_at_its_deadline_though_the_driver_neither_answers_nor_lets_itself_be_cancelled()
    {
        _snowflake.NeverAnswering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var time = new FakeTimeProvider();
        await using var fetcher = await StartAsync(Sources.Query("select 1 as ID"), time: time);

        await fetcher.PublishAsync(Sources.Request);
        await _snowflake.NeverAnswering.Task;
        time.Advance(TimeSpan.FromMinutes(15));
        var failed = await fetcher.NextAsync<ModelFetchFailed>();

        failed.Refresh.Reason.Should().Contain("did not finish within 00:15:00");
        _volume.StagingArea().Should().BeEmpty();
    }

    public void Dispose()
    {
        _snowflake.Dispose();
        _volume.Dispose();
    }

    private async Task<TAnswer> AskAsync<TAnswer>(ModelDefinition model, SourceDefinition? source = null)
        where TAnswer : class
    {
        await using var fetcher = await StartAsync(model, source);
        return await fetcher.AskAsync<TAnswer>(Sources.Request);
    }

    private Task<FetcherHost> StartAsync(
        ModelDefinition model, SourceDefinition? source = null, TimeProvider? time = null) =>
        FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source ?? StandIn.Source, model with { Source = "snowflake" }),
            time, services =>
            {
                _snowflake.Install(services);
                services.AddSingleton<ILoggerProvider>(_log);
            });
}
