using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;
using Benchmark.Fetcher.Sources.Http;
using Benchmark.Fetcher.Sources.Snowflake;
using Benchmark.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>What never answers is given up in time, named, and asked again.</summary>
[NeedsSnowflakeDriver]
public sealed class Waiting_for_Snowflake : IAsyncLifetime
{
    private const string Scan = "SELECT TO_VARCHAR";

    private readonly TempVolume _volume = new();
    private SnowflakeEmulator _snowflake = null!;

    private static ModelDefinition Model => Sources.Table("MODEL_X") with { Source = "snowflake", Key = ["ID"] };

    private SourceDefinition Source =>
        StandIn.Source with { Connection = _snowflake.ConnectionString, AllowPassword = true };

    public async Task InitializeAsync()
    {
        _snowflake = await SnowflakeEmulator.StartAsync();
        _snowflake.Results.Execute("create table model_x as select i::bigint as ID from range(60) r(i)");
    }

    public async Task DisposeAsync()
    {
        await _snowflake.DisposeAsync();
        _volume.Dispose();
    }

    [Theory(Timeout = 180_000)]
    [InlineData(Fault.ChunkNeverAnswered)]
    [InlineData(Fault.NeverAnswered)]
    internal async Task Asks_again_when_no_byte_has_come_for_two_minutes(Fault fault)
    {
        _snowflake.Faults.Plan(fault, within: Scan, chunk: fault is Fault.ChunkNeverAnswered ? 2 : 0);
        var time = new FakeTimeProvider();
        await using var fetcher = await StartAsync(time);

        await fetcher.PublishAsync(Sources.Request);
        await _snowflake.Asked;
        time.Advance(HttpWatch.Silence + TimeSpan.FromSeconds(5));
        var staged = await fetcher.NextAsync<ModelStaged>();

        staged.Rows.Should().Be(60);
        _snowflake.Faults.Struck(fault).Should().Be(1);
    }

    [Fact(Timeout = 180_000)]
    public async Task Names_the_host_and_what_was_waited_for_when_the_time_for_the_fetch_is_over()
    {
        _snowflake.Faults.Plan(Fault.ChunkNeverAnswered, within: Scan, chunk: 2);
        var time = new FakeTimeProvider();
        await using var fetcher = await StartAsync(time);

        await fetcher.PublishAsync(Sources.Request);
        await _snowflake.Asked;
        time.Advance(TimeSpan.FromMinutes(15));
        var failed = await fetcher.NextAsync<ModelFetchFailed>();

        failed.Refresh.Reason.Should().Contain(
            "did not finish within 00:15:00: it waited 900 s for a part of the result from "
            + _snowflake.Address.Authority);
        failed.Refresh.Hint.Should().Contain("firewall");
    }

    [Fact(Timeout = 180_000)]
    public async Task Logs_in_again_with_another_token_when_the_service_was_away()
    {
        // The driver sends the token of its first request again, which is no longer valid.
        _snowflake.Faults.Plan(Fault.LogInUnavailable, times: 2);
        _snowflake.Faults.Plan(Fault.KeyUnknown);
        await using var fetcher = await StartAsync();

        (await fetcher.AskAsync<ModelStaged>(Sources.Request)).Rows.Should().Be(60);
    }

    [Fact(Timeout = 180_000)]
    public async Task Gives_a_log_in_up_in_time_and_tries_another()
    {
        _snowflake.Faults.Plan(Fault.LogInNeverAnswered);
        await using var fetcher = await StartAsync(logInTimeout: TimeSpan.FromSeconds(3));

        (await fetcher.AskAsync<ModelStaged>(Sources.Request)).Rows.Should().Be(60);
    }

    [Fact(Timeout = 180_000)]
    public async Task Gives_a_session_up_that_ends_as_soon_as_it_is_renewed()
    {
        _snowflake.Faults.Plan(Fault.SessionExpired, Faults.ForEver, within: Scan);
        await using var fetcher = await StartAsync();

        await fetcher.PublishAsync(Sources.Request);
        var fault = await fetcher.NextAsync<MassTransit.Fault<RefreshModel>>();

        // What the driver makes of a renewal that is broken off differs.
        fault.Exceptions.Single().Message.Should()
            .MatchRegex("Session no longer exists|session ends as soon as it is renewed");
    }

    [Fact(Timeout = 180_000)]
    public async Task Checks_that_parts_of_results_come_from_where_they_lie()
    {
        _snowflake.Faults.Plan(Fault.ChunkForbidden, Faults.ForEver, within: "RPAD");

        var problems = await SourceProbe.ProblemsAsync(Sources.Registry(Source, Model), CancellationToken.None);

        problems.Single().ToString().Should().Contain("no answer within 15 s: " + _snowflake.Address.Authority)
            .And.Contain("a part of the result with 403 Forbidden").And.Contain("firewall");
    }

    [Fact]
    public async Task Finds_nothing_wrong_where_parts_of_results_come()
    {
        (await SourceProbe.ProblemsAsync(Sources.Registry(Source, Model), CancellationToken.None)).Should().BeEmpty();

        _snowflake.ChunksSent("RPAD").Should().BePositive();
        _snowflake.Sessions.Ended.Should().Be(_snowflake.Sessions.Logins);
    }

    [Fact]
    public async Task Lets_the_driver_write_no_log_of_its_own()
    {
        // Read by the driver when it opens its first connection, if it is not told otherwise.
        var config = Path.Combine(_volume.Root, "sf_client_config.json");
        await File.WriteAllTextAsync(config, """{"common": {"log_level": "TRACE", "log_path": STDOUT""");
        Environment.SetEnvironmentVariable("SF_CLIENT_CONFIG_FILE", config);
        try
        {
            await using var fetcher = await StartAsync();

            (await fetcher.AskAsync<ModelStaged>(Sources.Request)).Rows.Should().Be(60);
        }
        finally
        {
            Environment.SetEnvironmentVariable("SF_CLIENT_CONFIG_FILE", null);
        }
    }

    private Task<FetcherHost> StartAsync(TimeProvider? time = null, TimeSpan? logInTimeout = null) =>
        FetcherHost.StartAsync(_volume.Layout, Sources.Registry(Source, Model), time, services =>
            services.AddSingleton(new SourceKinds(new Dictionary<string, SourceKind>
            {
                ["snowflake"] = new SnowflakeSource(SnowflakeDriver.Load, logInTimeout),
            })));
}
