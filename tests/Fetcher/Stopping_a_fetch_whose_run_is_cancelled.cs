using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Sources;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Benchmark.Fetcher.Tests;

[NeedsPostgreSql]
public sealed class Stopping_a_fetch_whose_run_is_cancelled(PostgresServer server)
    : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly OpenDatabases _databases = new(TimeProvider.System);

    [Fact]
    public async Task Ends_a_query_of_DuckDB_and_leaves_nothing_behind()
    {
        var fetch = StageAsync(Sources.Registry(
            Sources.InMemory,
            Sources.Query("select count(*) as n from range(100000000000000) r(i) where i % 7 = 3")));
        await UntilAsync(() => Task.FromResult(_volume.StagingArea() is [_]));

        Cancel();

        (await fetch).Should().BeOfType<StageOutcome.Dropped>();
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact]
    public async Task Ends_a_query_on_the_server_of_PostgreSQL()
    {
        var fetch = StageAsync(Sources.Registry(
            new SourceDefinition { Name = "demo", Kind = "postgres", Connection = server.ConnectionString },
            Sources.Query("select pg_sleep(3600) is null as slept")));
        await UntilAsync(async () => await SleepersAsync() == 1);

        Cancel();

        (await fetch).Should().BeOfType<StageOutcome.Dropped>();
        await UntilAsync(async () => await SleepersAsync() == 0);
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact]
    public async Task Ends_the_wait_for_a_source_to_be_loaded()
    {
        var fetch = StageAsync(Sources.Registry(
            Sources.InMemory, Sources.Query("select 1 as id") with { Ready = "select false" }));

        Cancel();

        (await fetch).Should().BeOfType<StageOutcome.Dropped>();
    }

    public void Dispose()
    {
        _databases.Dispose();
        _volume.Dispose();
    }

    private Task<StageOutcome> StageAsync(ModelRegistry registry)
    {
        Installation.Make(_volume.Layout);
        var staging = new BenchmarkStaging(
            _volume.Layout,
            new SourceQuery(
                SourceKinds.BuiltIn, _databases, new FetchProgress(TimeProvider.System), TimeProvider.System),
            TimeProvider.System,
            NullLogger<BenchmarkStaging>.Instance);
        return staging.StageAsync(
            Sources.Request, Sources.Run, registry,
            new RequestDelivery(() => TimeSpan.Zero, () => null, isRepeated: false), CancellationToken.None);
    }

    private void Cancel()
    {
        var mark = _volume.Layout.Cancelled(Sources.Run);
        Directory.CreateDirectory(Path.GetDirectoryName(mark)!);
        File.WriteAllBytes(mark, []);
    }

    private async Task<long> SleepersAsync()
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select count(*) from pg_stat_activity where query like '%pg_sleep(3600)%' and pid <> pg_backend_pid()
            and state = 'active'
            """;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
            await timer.WaitForNextTickAsync();
    }
}
