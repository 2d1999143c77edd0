using Benchmark.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Benchmark.Deploy.Tests.Telemetry;

/// <summary>
/// One run of the five services as processes on a broker, with Aspire's dashboard as the agent: of two models that are
/// published, and of one that is rejected.
/// </summary>
public sealed class TracedRun : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-traced-");

    internal IReadOnlyList<ReceivedSpan> Spans { get; private set; } = [];

    public async Task InitializeAsync()
    {
        await using var broker = await RabbitServer.StartAsync();
        using var dashboard = await AspireDashboard.StartAsync();
        var environment = new Dictionary<string, string>
        {
            ["RABBITMQ_URI"] = broker.Address(await broker.Management.AddVirtualHostAsync()).OriginalString,
            ["BENCHMARK_ROOT"] = _directory.CreateSubdirectory("efs").FullName,
            ["BENCHMARK_REGISTRY"] = InDirectory("models.yaml"),
            ["BENCHMARK_STATE"] = InDirectory("state"),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Pages__Address"] = "http://127.0.0.1:0",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = dashboard.Endpoint,
            ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = "delta",
            ["DD_TAGS"] = "env:test,version:3.1,team:model-risk",
        };
        Register();

        var services = new[] { "Notifier", "Publisher", "Validator", "Fetcher" }
            .Select(service => ChildProcess.StartDotnet($"Benchmark.{service}.dll", [], environment)).ToList();
        try
        {
            await ScheduleAsync(environment);
            await UntilClosedAsync(services[0]).WaitAsync(TimeSpan.FromMinutes(3));
            // A service that is told to stop first exports what it has.
            foreach (var service in services)
                (await service.EndAsync()).Should().Be(0, service.Error + service.Output);
            Spans = await dashboard.SpansAsync();
        }
        finally
        {
            services.ForEach(service => service.Dispose());
        }
    }

    public Task DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return Task.CompletedTask;
    }

    // Until it can: at first the other services have not declared their queues.
    private static async Task ScheduleAsync(Dictionary<string, string> environment)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var scheduler = ChildProcess.StartDotnet("Benchmark.Scheduler.dll", ["--once"], environment);
            if (await scheduler.ExitAsync() == 0)
                return;
            attempt.Should().BeLessThan(30, scheduler.Error + scheduler.Output);
        }
    }

    private static async Task UntilClosedAsync(ChildProcess notifier)
    {
        while (await notifier.ReadLineAsync() is { } line)
        {
            if (line.Contains(" closed, completed"))
                return;
        }
        throw new InvalidOperationException($"The Notifier has ended: {notifier.Error}{notifier.Output}");
    }

    private string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    private void Register()
    {
        using (var connection = new SqliteConnection($"Data Source={InDirectory("source.db")}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "create table thing (id integer, age integer); insert into thing values (1, 30), (2, 40), (3, 17)";
            command.ExecuteNonQuery();
        }
        File.WriteAllText(InDirectory("models.yaml"), $$"""
            version: 1
            defaults:
              schedule: "0 0 1 * *"
              notify: {email: [team@bank.example]}
            sources:
              warehouse: {kind: sqlite, connection: "Data Source={{InDirectory("source.db")}}"}
            value_streams:
              vs:
                models:
                  first: {table: thing}
                  second: {table: thing}
                  young:
                    table: thing
                    columns:
                      age: {type: integer, min: 18}

            """);
    }
}
