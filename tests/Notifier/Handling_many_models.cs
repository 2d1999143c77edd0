using System.Collections.Concurrent;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Notifier.Tests;

public sealed class Handling_many_models_on_sqlite() : Handling_many_models(Databases.Sqlite);

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Handling_many_models_on_postgresql(PostgresServer server)
    : Handling_many_models(Databases.AddTo(server));

/// <summary>
/// On the bus as it runs in one process; a test harness would keep every message and slow everything.
/// </summary>
public abstract class Handling_many_models(Dictionary<string, string?> settings) : IDisposable
{
    private readonly TempVolume _volume = new();

    [Fact(Timeout = 300_000)]
    public async Task Accounts_for_every_event_of_2000_models_in_one_run()
    {
        const int count = 2000;
        string[] models = [.. Enumerable.Range(0, count).Select(i => $"model_{i}")];
        // The start, three events of each model, and RunClosed that comes back.
        var (events, tally, closed) = (new Events(), new Tally((3 * count) + 2), new TaskCompletionSource<RunClosed>());
        using var host = Build(closed);
        await host.StartAsync();
        var bus = host.Services.GetRequiredService<IBus>();
        bus.ConnectReceiveObserver(tally);

        // The clock is real here, and the deadline of the events has passed.
        await bus.Publish(events.Started(models) with { Deadline = DateTimeOffset.UtcNow.AddHours(1) });
        await Task.WhenAll(models.Select(model => bus.Publish(events.Staged(model))));
        await Task.WhenAll(models.Select(model => bus.Publish(events.Validated(model))));
        await Task.WhenAll(models.Select(model => bus.Publish(events.Published(model))));
        await tally.Done;

        (await closed.Task).State.Should().Be(RunState.Completed);
        tally.Troubles.Should().BeEmpty("nothing goes to notifier_error");
        var run = await host.Services.GetRequiredService<RunStore>().FindAsync(events.RunId);
        run!.Published.Should().Be(count);
        await host.StopAsync();
    }

    public void Dispose() => _volume.Dispose();

    private IHost Build(TaskCompletionSource<RunClosed> closed)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection([new("State:Directory", NotifierHost.StateOf(_volume))]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IRegistry>(new FixedRegistry());
        builder.Services.AddSingleton(_volume.Layout);
        builder.AddNotifier();
        builder.AddConsumers(bus => bus.AddHandler((RunClosed message) =>
        {
            closed.TrySetResult(message);
            return Task.CompletedTask;
        }));
        builder.AddBus();
        return builder.Build();
    }

    /// <summary>
    /// Counts what the endpoints are done with, and keeps what would have been moved to an error queue.
    /// </summary>
    private sealed class Tally(int expected) : IReceiveObserver
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentQueue<Exception> _troubles = [];
        private int _received;

        public Task Done => _done.Task;

        public IReadOnlyCollection<Exception> Troubles => _troubles;

        public Task PostReceive(ReceiveContext context)
        {
            if (Interlocked.Increment(ref _received) == expected)
                _done.SetResult();
            return Task.CompletedTask;
        }

        public Task ReceiveFault(ReceiveContext context, Exception exception)
        {
            _troubles.Enqueue(exception);
            return PostReceive(context);
        }

        public Task ConsumeFault<T>(
            ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
            where T : class => Task.CompletedTask;

        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
            where T : class => Task.CompletedTask;
    }
}
