using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
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

    public async Task StartAsync()
    {
        Installation.Make(Volume.Layout);
        await _services.GetTestHarness().Start();
    }

    /// <summary>Starts what is due.</summary>
    public Task<int> AtAsync(string moment, params ModelDefinition[] models) => Process(models).StartAsync(
        DateTimeOffset.Parse(moment), TimeSpan.FromSeconds(20), CancellationToken.None);

    public List<T> Published<T>() where T : class =>
        [.. _services.GetTestHarness().Published.Select<T>().Select(message => message.Context.Message)];

    /// <summary>Says that a run has closed, as its report does.</summary>
    public void Close(Guid run)
    {
        Directory.CreateDirectory(Volume.Layout.Reports);
        File.WriteAllText(Volume.Layout.Report(run), "closed");
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Volume.Dispose();
    }

    /// <summary>A process of its own, as a CronJob starts one each time.</summary>
    internal DueRuns Process(params ModelDefinition[] models) => new(
        new FixedRegistry(models), new SlotMemory(Volume.Layout),
        new RunStarter(_services.GetRequiredService<IBus>(), new ConfigurationBuilder().Build(), TimeProvider.System),
        Log.For<DueRuns>());
}
