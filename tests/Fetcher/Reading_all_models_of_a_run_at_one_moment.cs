using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Tests.Snowflake;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Reading_all_models_of_a_run_at_one_moment : IDisposable
{
    private static readonly DateTimeOffset s_started = new(2026, 11, 1, 1, 2, 3, 456, TimeSpan.Zero);

    private readonly TempVolume _volume = new();
    private readonly StandIn _snowflake = new();

    [Theory]
    [InlineData(null, "SELECT * FROM MODEL_X AT(TIMESTAMP => '2026-11-01T01:02:03.456+00:00'::TIMESTAMP_TZ)")]
    [InlineData("select ID from MODEL_X AT(TIMESTAMP => :as_of)",
        "select ID from MODEL_X AT(TIMESTAMP => '2026-11-01T01:02:03.456+00:00'::TIMESTAMP_TZ)")]
    public async Task Asks_for_the_rows_of_the_start_of_the_run(string? query, string sent)
    {
        _snowflake.Execute("create table MODEL_X as select 1::bigint as ID");

        await AskAsync<ModelStaged>(StandIn.Source, query);

        _snowflake.Statements.Should().Contain(sent);
        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Source.AsOf.Should().Be(s_started);
    }

    [Fact]
    public async Task Refuses_a_query_that_does_not_say_where()
    {
        var failed = await AskAsync<ModelFetchFailed>(StandIn.Source, "select 1 as ID");

        failed.Refresh.Reason.Should().Contain("is to be read as of the start of its run, and does not say where");
        failed.Refresh.Hint.Should().Contain("AT(TIMESTAMP => :as_of)");
        _snowflake.Logins.Should().Be(0);
    }

    [Fact]
    public async Task Refuses_a_source_that_keeps_no_earlier_state()
    {
        var failed = await AskAsync<ModelFetchFailed>(Sources.InMemory, query: null);

        failed.Refresh.Reason.Should().Contain("which its source 'demo' cannot: it keeps no earlier state of a table");
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

    public void Dispose()
    {
        _snowflake.Dispose();
        _volume.Dispose();
    }

    private async Task<TAnswer> AskAsync<TAnswer>(SourceDefinition source, string? query, bool asOfRun = true)
        where TAnswer : class
    {
        var model = (query is null ? Sources.Table("MODEL_X") : Sources.Query(query)) with
        {
            Source = source.Name,
            AsOfRun = asOfRun,
        };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, model),
            configure: source == StandIn.Source ? _snowflake.Install : null);
        return await fetcher.AskAsync<TAnswer>(Sources.Request with { RunStartedAt = s_started });
    }
}
