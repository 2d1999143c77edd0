using System.Diagnostics;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.EndToEnd.Tests;
using Benchmark.Hosting;
using Benchmark.Notifier.Runs;
using Benchmark.Scheduler;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Performance;

/// <summary>Starts runs of a site as the Scheduler does, and hears when they are closed.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly IHost _host;
    private TaskCompletionSource<RunClosed> _closed = new();

    private Installation(Site site)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
        [
            new("Volume:Root", site.Environment["BENCHMARK_ROOT"]),
            new("Registry:Path", site.Environment["BENCHMARK_REGISTRY"]),
            new("RabbitMq:Uri", site.Environment["RABBITMQ_URI"]),
        ]);
        builder.AddRunStarter();
        builder.AddConsumers(bus => bus.AddHandler((RunClosed message) =>
        {
            _closed.TrySetResult(message);
            return Task.CompletedTask;
        }));
        builder.AddBus();
        _host = builder.Build();
    }

    public static async Task<Installation> ConnectAsync(Site site)
    {
        var installation = new Installation(site);
        await installation._host.StartAsync();
        await installation._host.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return installation;
    }

    /// <summary>Refreshes every model of the registry.</summary>
    /// <returns>The time from the first message to the close of the run.</returns>
    public async Task<TimeSpan> RefreshAsync()
    {
        _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var registry = _host.Services.GetRequiredService<IRegistry>().Pin();
        var request = new RunRequest
        {
            RunId = Guid.NewGuid(),
            Trigger = "operator",
            RequestedBy = "tests/Performance",
            Models = registry.Models,
        };
        var clock = Stopwatch.StartNew();
        await _host.Services.GetRequiredService<RunStarter>().StartAsync(registry, request, CancellationToken.None);
        var closed = await _closed.Task;
        return closed.State == RunSummary.Completed
            ? clock.Elapsed
            : throw new InvalidOperationException($"Run {closed.RunId} was closed {closed.State}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
