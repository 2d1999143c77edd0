using Benchmark.Tests.Support;
using Npgsql;

namespace Benchmark.EndToEnd.Tests;

/// <summary>More than one process of a service, with a real PostgreSQL.</summary>
[NeedsRabbitMq]
[NeedsPostgreSql]
[Collection(PatientBrokerCollection.Name)]
public sealed class Sharing_the_work(Broker broker, PostgresServer postgres) : IClassFixture<PostgresServer>,
IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.CreateAsync(broker.Server);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact(Timeout = 180_000)]
    public async Task Two_notifiers_account_for_every_model_and_send_one_report()
    {
        const int models = 200;
        _site.Warehousing("create table t as select range as id from range(3)");
        _site.Registers(Enumerable.Range(0, models).Select(i => $"model_{i}: {{table: t}}"));
        _site.Environment["BENCHMARK_DATABASE"] = postgres.AddDatabase();
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier", "Notifier");

        var (exitCode, output, error) = await _site.BenchmarkAsync("refresh", "--all", "--wait");

        exitCode.Should().Be(0, output + error);
        var run = (await _site.RunsAsync()).Should().ContainSingle().Subject;
        run.GetProperty("state").GetString().Should().Be("completed");
        run.GetProperty("published").GetInt32().Should().Be(models);
        await Site.UntilAsync("the report is sent", () => Task.FromResult(Reports().Length > 0));
        Reports().Should().ContainSingle();
        (await broker.Server.Management.CountAsync(_site.VirtualHost, "notifier_error"))
            .Should().BeNull("no event was given up");
    }

    [Fact]
    public async Task A_slow_fetch_does_not_hold_up_others()
    {
        const int quick = 50;
        // A query that is slow for as long as the test wants.
        var source = postgres.AddDatabase();
        await using var holder = new NpgsqlConnection(source);
        await holder.OpenAsync();
        await ExecuteAsync(holder, """
            create view quick as select 1 as id;
            create view slow as with wait as materialized (select pg_advisory_lock(1)) select 1 as id from wait;
            select pg_advisory_lock(1);
            """);
        string[] models = [.. Enumerable.Range(0, quick).Select(i => $"quick_{i}")];
        _site.RegistersFrom(
            $"kind: postgres, connection: \"{source}\"",
            ["slow: {table: slow}", .. models.Select(model => $"{model}: {{table: quick}}")]);
        await _site.StartAsync("Fetcher", "Fetcher", "Validator", "Publisher", "Notifier");

        (await _site.BenchmarkAsync("refresh", "--all")).ExitCode.Should().Be(0);
        await Site.UntilAsync("every quick model is published", () => Task.FromResult(models.All(IsPublished)));
        var slowWasPublished = IsPublished("slow");
        await ExecuteAsync(holder, "select pg_advisory_unlock(1)");

        slowWasPublished.Should().BeFalse("its query waits for the test");
        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("published").GetInt32() == quick + 1);
    }

    [Fact]
    public async Task A_Fetcher_takes_no_more_requests_than_it_fetches_at_a_time()
    {
        _site.Registers("a: {table: a}");
        _site.Environment["Fetcher__ConcurrentFetches"] = "3";

        await _site.StartAsync("Fetcher");

        var consumer = (await broker.Server.Management.GetAsync($"consumers/{_site.VirtualHost}"))!.AsArray()
            .Should().ContainSingle().Subject!;
        consumer["prefetch_count"]!.GetValue<int>().Should().Be(3, "the rest waits in the queue for whoever is free");
    }

    private bool IsPublished(string model) => File.Exists(_site.OnVolume($"vs/{model}/benchmark.csv"));

    private string[] Reports() => Directory.GetFiles(Path.Combine(_site.InDirectory("state"), "outbox"), "*.eml");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
