using System.Diagnostics;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting;
using Benchmark.Notifier;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Performance;

/// <summary>
/// How many events a second one Notifier handles of one run, which is the worst case: events of one run are handled one
/// after the other. The bus is in memory, the databases wait for their disk at every commit.
/// </summary>
internal static class SagaScenario
{
    private static readonly int[] s_sizes = [100, 1_000, 10_000];

    public static async Task<Table> MeasureAsync(IReadOnlyList<int> sizes)
    {
        var table = new Table("models in one run", "events", "SQLite, events/s", "PostgreSQL, events/s");
        using var server = PostgresServer.Durable();
        // The first run pays for compiling.
        await EventsPerSecondAsync(200, database: null);
        await EventsPerSecondAsync(200, server.AddDatabase());
        foreach (var models in sizes is [] ? s_sizes : sizes)
        {
            var sqlite = await EventsPerSecondAsync(models, database: null);
            var postgres = await EventsPerSecondAsync(models, server.AddDatabase());
            table.Add(Table.Number(models), Table.Number(Events(models)), Table.Number(sqlite), Table.Number(postgres));
        }
        return table;
    }

    // The start, and three of each model.
    private static int Events(int models) => (3 * models) + 1;

    private static async Task<double> EventsPerSecondAsync(int count, string? database)
    {
        using var volume = new TempVolume();
        var closed = new TaskCompletionSource<RunClosed>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var host = Build(volume, database, closed);
        await host.StartAsync();
        var bus = host.Services.GetRequiredService<IBus>();
        var run = new RunEvents(Guid.NewGuid(), [.. Enumerable.Range(0, count).Select(i => $"model_{i}")]);
        var clock = Stopwatch.StartNew();

        await bus.Publish(run.Started);
        await bus.PublishBatch(run.Staged);
        await bus.PublishBatch(run.Validated);
        await bus.PublishBatch(run.Published);
        await closed.Task;

        var perSecond = Events(count) / clock.Elapsed.TotalSeconds;
        var stored = await host.Services.GetRequiredService<RunStore>().FindAsync(run.RunId);
        await host.StopAsync();
        return stored!.Published == count
            ? perSecond
            : throw new InvalidOperationException($"Of {count} models {stored.Published} were published.");
    }

    private static IHost Build(TempVolume volume, string? database, TaskCompletionSource<RunClosed> closed)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [new("State:Directory", Path.Combine(volume.Root, "state")), new("Notifier:Database", database)]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IRegistry>(new FixedRegistry());
        builder.Services.AddSingleton(volume.Layout);
        builder.AddNotifier();
        builder.AddConsumers(bus => bus.AddHandler((RunClosed message) =>
        {
            closed.TrySetResult(message);
            return Task.CompletedTask;
        }));
        builder.AddBus();
        return builder.Build();
    }
}
