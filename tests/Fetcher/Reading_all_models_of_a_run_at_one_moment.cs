using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Tests.Snowflake;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Reading_all_models_of_a_run_at_one_moment : IDisposable
{
    private static readonly DateTimeOffset s_started = new(2026, 11, 1, 1, 2, 3, 456, TimeSpan.Zero);

    private const string Ready = "select max(MONTH) >= 11 from LOADS";

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    private readonly TempVolume _volume = new();
    private readonly StandIn _snowflake = new() { Question = Ready };
    private readonly PausingTime _time = new();

    public Reading_all_models_of_a_run_at_one_moment() => _time.SetUtcNow(s_started.AddHours(1));

    [Theory]
    [InlineData(null, "SELECT * FROM MODEL_X AT(TIMESTAMP => '2026-11-01T01:02:03.456+00:00'::TIMESTAMP_TZ)")]
    [InlineData("select ID from MODEL_X AT(TIMESTAMP => :as_of)",
        "select ID from MODEL_X AT(TIMESTAMP => '2026-11-01T01:02:03.456+00:00'::TIMESTAMP_TZ)")]
    [InlineData("select ID, 'at :as_of' as N /* :as_of */ from MODEL_X AT(TIMESTAMP => :as_of) -- :as_of",
        "select ID, 'at :as_of' as N /* :as_of */ from MODEL_X AT(TIMESTAMP => "
        + "'2026-11-01T01:02:03.456+00:00'::TIMESTAMP_TZ) -- :as_of")]
    public async Task Asks_for_the_rows_of_the_start_of_the_run(string? query, string sent)
    {
        _snowflake.Execute("create table MODEL_X as select 1::bigint as ID");

        await AskAsync<ModelStaged>(StandIn.Source, query);

        _snowflake.Statements.Should().Contain(sent);
        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Source.AsOf.Should().Be(s_started);
    }

    [Theory]
    [InlineData("select 1 as ID")]
    [InlineData("select DOC:as_of::date as D, DOC[0]:as_of, \"Doc\":as_of, parse_json(DOC):as_of from MODEL_X")]
    [InlineData("select ':as_of' as N from MODEL_X -- :as_of")]
    [InlineData("select 1 as :as_of_day")]
    public async Task Refuses_a_query_that_does_not_say_where(string query)
    {
        var failed = await AskAsync<ModelFetchFailed>(StandIn.Source, query);

        failed.Refresh.Reason.Should().Contain("is to be read as of a moment of its run, and does not say where");
        failed.Refresh.Hint.Should().Contain("AT(TIMESTAMP => :as_of)");
        _snowflake.Logins.Should().Be(0);
    }

    [Fact]
    public async Task Refuses_a_source_that_keeps_no_earlier_state()
    {
        var failed = await AskAsync<ModelFetchFailed>(Sources.InMemory, query: null);

        failed.Refresh.Reason.Should().Contain("which its source 'demo' cannot do: it keeps no earlier state");
        failed.Refresh.Hint.Should().Contain("Remove 'as_of'");
    }

    [Fact]
    public async Task Says_no_moment_of_a_model_that_asks_for_none()
    {
        _snowflake.Execute("create table MODEL_X as select 1::bigint as ID");

        await AskAsync<ModelStaged>(StandIn.Source, query: null, asOfRun: false);

        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Source.AsOf.Should().BeNull();
        _snowflake.Statements.Should().Contain("SELECT * FROM MODEL_X");
    }

    [Fact]
    public async Task Waits_until_the_moment_is_past_by_the_source_s_clock_too()
    {
        _snowflake.Execute("create table MODEL_X as select 1::bigint as ID");
        await using var fetcher = await StartAsync(StandIn.Source, Model(StandIn.Source, query: null));

        await fetcher.PublishAsync(Sources.Request with { RunStartedAt = _time.GetUtcNow() });
        await _time.BeginsAsync(ReadMoment.ClockTolerance);
        _snowflake.Logins.Should().Be(0);
        _time.Advance(ReadMoment.ClockTolerance);

        await fetcher.NextAsync<ModelStaged>();
    }

    [Fact]
    public async Task Refuses_a_moment_far_ahead()
    {
        await using var fetcher = await StartAsync(StandIn.Source, Model(StandIn.Source, query: null));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(
            Sources.Request with { RunStartedAt = _time.GetUtcNow().AddHours(1) });

        failed.Refresh.Reason.Should().Be("value_stream_1/model_x is to be read as of 2026-11-01 03:02:03Z, which by "
            + "this machine's clock is 1:00:00 from now.");
        failed.Refresh.Hint.Should().Contain("NTP");
    }

    [Fact]
    public async Task Reads_what_the_run_has_waited_for_and_not_what_there_was_at_its_start()
    {
        _snowflake.Execute("create table LOADS as select 10::bigint as MONTH");
        _snowflake.Execute("create table MODEL_X as select 1::bigint as ID");
        var models = new[] { "model_x", "model_y" }.Select(name =>
            Model(StandIn.Source, query: null) with { Model = name, Ready = Ready }).ToArray();
        await using var fetcher = await StartAsync(StandIn.Source, models);
        await fetcher.PublishAsync(Sources.Request with { RunStartedAt = s_started });
        await _time.BeginsAsync(s_pause);
        _snowflake.Execute("insert into LOADS values (11)");

        _time.Advance(s_pause);
        await PassMomentAsync();
        await fetcher.NextAsync<ModelStaged>();

        // Another Fetcher hears later that the source is ready, and reads as of the same moment.
        var heard = s_started.AddHours(1) + s_pause;
        await using var other = await StartAsync(StandIn.Source, models);
        _time.Advance(TimeSpan.FromMinutes(5));
        await other.AskAsync<ModelStaged>(Sources.Request with { Model = "model_y", RunStartedAt = s_started });

        new[] { "model_x", "model_y" }.Select(name => VolumeJson.Read<StagedFacts>(
                _volume.Layout.Model("value_stream_1", name).Staging(Sources.Run, 1).Facts).Source.AsOf)
            .Should().AllBeEquivalentTo(heard + ReadMoment.ClockTolerance);
        _snowflake.Statements.Count(sql => sql.Contains("AT(TIMESTAMP => '2026-11-01T02:02:43.456+00:00'"))
            .Should().Be(2);
    }

    public void Dispose()
    {
        _snowflake.Dispose();
        _volume.Dispose();
    }

    private async Task<TAnswer> AskAsync<TAnswer>(SourceDefinition source, string? query, bool asOfRun = true)
        where TAnswer : class
    {
        await using var fetcher = await StartAsync(source, Model(source, query) with { AsOfRun = asOfRun });
        return await fetcher.AskAsync<TAnswer>(Sources.Request with { RunStartedAt = s_started });
    }

    private static ModelDefinition Model(SourceDefinition source, string? query) =>
        (query is null ? Sources.Table("MODEL_X") : Sources.Query(query)) with { Source = source.Name, AsOfRun = true };

    // It lies beyond what was heard, and is to be past.
    private Task PassMomentAsync() => _time.PassAsync(2 * ReadMoment.ClockTolerance);

    private Task<FetcherHost> StartAsync(SourceDefinition source, params ModelDefinition[] models) =>
        FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, models), _time,
            source == StandIn.Source ? _snowflake.Install : null);
}
