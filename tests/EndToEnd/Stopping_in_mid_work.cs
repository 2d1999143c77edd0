using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[NeedsPostgreSql]
[Collection(PatientBrokerCollection.Name)]
public sealed class Stopping_in_mid_work(Broker broker) : IAsyncLifetime
{
    // What Kubernetes gives a pod before it kills it: terminationGracePeriodSeconds.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(60);

    private static readonly string[] s_models = ["duckdb", "postgres", "sqlite"];

    private readonly PostgresServer _postgres = new();
    private Site _site = null!;

    private VolumeLayout Volume => new(_site.OnVolume(""));

    public async Task InitializeAsync() => _site = await Site.CreateAsync(broker.Server);

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _postgres.Dispose();
    }

    [Fact(Timeout = 180_000)]
    public async Task A_fetch_that_takes_too_long_goes_back_and_another_Fetcher_does_it()
    {
        CreateSources();
        SetRows(2_000_000);
        var fetcher = (await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier"))[0];
        await _site.Run("Benchmark.Scheduler", "--once").ExitAsync();
        await Site.UntilAsync("every model is being fetched", () => Task.FromResult(s_models.All(IsBeingWritten)));
        SetRows(3);
        await _site.StartAsync("Fetcher", "Fetcher");

        var asked = TimeProvider.System.GetTimestamp();
        var exitCode = await fetcher.EndAsync();
        var took = TimeProvider.System.GetElapsedTime(asked);

        exitCode.Should().Be(0, fetcher.Output);
        took.Should().BeLessThan(s_grace);
        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed");
        (await _site.RunsAsync())[0].GetProperty("published").GetInt32().Should().Be(3);
        s_models.Select(model => Volume.Model("vs", model)).Should().OnlyContain(
            model => PublishedVersions.All(model).Count == 1
                && !Directory.EnumerateFileSystemEntries(model.StagingArea).Any());
        fetcher.Output.Should().NotContain("R-FAULT");
        (await QueuesAsync()).Should().NotContain(queue => queue.EndsWith("_error"));
    }

    [Fact(Timeout = 180_000)]
    public async Task Events_that_wait_for_the_database_go_back_and_nothing_is_said_twice()
    {
        _site.Warehousing("create table a as select 1 as id");
        _site.Registers("a: {table: a}");
        _site.Environment["BENCHMARK_DATABASE"] = _postgres.ConnectionString;
        var notifier = (await _site.StartAsync("Notifier", "Fetcher", "Validator", "Publisher"))[0];
        _postgres.Kill();
        await _site.Run("Benchmark.Scheduler", "--once").ExitAsync();
        await Site.UntilAsync(
            "the Notifier misses it", () => Task.FromResult(notifier.Output.Contains("cannot be reached")));

        var asked = TimeProvider.System.GetTimestamp();
        var exitCode = await notifier.EndAsync();
        var took = TimeProvider.System.GetElapsedTime(asked);
        _postgres.Start();
        await _site.StartAsync("Notifier");

        exitCode.Should().Be(0, notifier.Output);
        took.Should().BeLessThan(s_grace);
        notifier.Output.Split('\n').Should().ContainSingle(line => line.Contains("no run is recorded"));
        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed");
        (await QueuesAsync()).Should().NotContain(queue => queue.EndsWith("_error"));
    }

    private bool IsBeingWritten(string model) =>
        Directory.Exists(Volume.Model("vs", model).StagingArea)
        && Directory.EnumerateFiles(Volume.Model("vs", model).StagingArea, "*.csv", SearchOption.AllDirectories).Any();

    private async Task<IEnumerable<string>> QueuesAsync() =>
        (await _site.Server.Management.GetAsync($"queues/{_site.VirtualHost}"))!.AsArray()
            .Select(queue => queue!["name"]!.GetValue<string>());

    // Each query pairs so many numbers with as many others: millions take days, three are done at once.
    private void CreateSources()
    {
        File.WriteAllText(_site.InDirectory("models.yaml"), $$"""
            version: 1
            defaults:
              notify: {email: [team@bank.example]}
            sources:
              duckdb: {kind: duckdb, connection: "Data Source=:memory:", files: "{{_site.InDirectory("size.csv")}}"}
              postgres: {kind: postgres, connection: "{{_postgres.ConnectionString}}"}
              sqlite: {kind: sqlite, connection: "Data Source={{_site.InDirectory("source.db")}}"}
            value_streams:
              vs:
                models:
                  duckdb: {source: duckdb, query: "select count(*) as pairs
                    from read_csv('{{_site.InDirectory("size.csv")}}') s, range(2000000) a, range(2000000) b
                    where a.range < s.n and b.range < s.n and hash(a.range + b.range) > 0"}
                  postgres: {source: postgres, query: "select count(*) as pairs
                    from size s, generate_series(1, s.n) a, generate_series(1, s.n) b"}
                  sqlite: {source: sqlite, query: "with recursive pair(i) as (
                    select 1 union all select i + 1 from pair, size where i < n * n)
                    select count(*) as pairs from pair"}

            """);
        _postgres.Execute("create table size (n integer); insert into size values (0)");
        // With a write-ahead log a writer does not wait for the readers to end.
        Sqlite("pragma journal_mode = wal; create table size (n integer); insert into size values (0)");
    }

    private void SetRows(int rows)
    {
        File.WriteAllText(_site.InDirectory("size.csv"), $"n\n{rows}\n");
        _postgres.Execute($"update size set n = {rows}");
        Sqlite($"update size set n = {rows}");
    }

    private void Sqlite(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_site.InDirectory("source.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
