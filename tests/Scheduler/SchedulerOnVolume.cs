using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Scheduler.Tests;

/// <summary>The Scheduler's work on a volume of its own and a bus in memory, at moments that the test says.</summary>
public sealed class SchedulerOnVolume : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddMassTransitTestHarness()
        .BuildServiceProvider(true);

    public TempVolume Volume { get; } = new();

    public LogCapture Log { get; } = new();

    public async Task StartAsync() => await _services.GetTestHarness().Start();

    /// <summary>Starts what is due.</summary>
    public Task<int> AtAsync(string moment, params ModelDefinition[] models) => Runs(models).StartAsync(
        DateTimeOffset.Parse(moment), TimeSpan.FromSeconds(20), CancellationToken.None);

    public List<T> Published<T>() where T : class =>
        [.. _services.GetTestHarness().Published.Select<T>().Select(message => message.Context.Message)];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Volume.Dispose();
    }

    // A process of its own each time, as a CronJob starts it.
    private DueRuns Runs(ModelDefinition[] models) => new(
        new FixedRegistry(models), new SlotMemory(Volume.Layout),
        new RunStarter(_services.GetRequiredService<IBus>(), new ConfigurationBuilder().Build(), TimeProvider.System),
        Log.For<DueRuns>());
}
