using System.Diagnostics;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.EndToEnd.Tests;
using Benchmark.Hosting;
using Benchmark.Scheduler;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Performance;

/// <summary>Starts runs of a site as the Scheduler does, and waits for their close.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private const string WarmUpPrefix = "warm_up_";

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

    /// <summary>Models that only warm processes up, as lines of the registry.</summary>
    public static IEnumerable<string> WarmUp(string table) =>
        Enumerable.Range(0, 200).Select(i => $"{WarmUpPrefix}{i}: {{table: {table}}}");

    /// <summary>Connects, and refreshes the models for warming up: a process first compiles what it runs.</summary>
    public static async Task<Installation> ConnectAsync(Site site)
    {
        var installation = new Installation(site);
        await installation._host.StartAsync();
        await installation._host.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        await installation.RefreshAsync(IsForWarmingUp);
        return installation;
    }

    /// <summary>Refreshes the models of the registry, but those for warming up.</summary>
    /// <returns>The time from the first message to the close of the run.</returns>
    public Task<TimeSpan> RefreshAsync() => RefreshAsync(model => !IsForWarmingUp(model));

    private static bool IsForWarmingUp(ModelDefinition model) =>
        model.Model.StartsWith(WarmUpPrefix, StringComparison.Ordinal);

    private async Task<TimeSpan> RefreshAsync(Func<ModelDefinition, bool> which)
    {
        _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var registry = _host.Services.GetRequiredService<IRegistry>().Pin();
        var request = new RunRequest
        {
            RunId = Guid.NewGuid(),
            Trigger = RunTrigger.Operator,
            RequestedBy = "tests/Performance",
            Models = [.. registry.Models.Where(which)],
        };
        var clock = Stopwatch.StartNew();
        await _host.Services.GetRequiredService<RunStarter>().StartAsync(registry, request, CancellationToken.None);
        var closed = await _closed.Task;
        var elapsed = clock.Elapsed;
        // A failure is quick, and would look like speed.
        var volume = _host.Services.GetRequiredService<VolumeLayout>();
        var lacking = request.Models.Count(model => !File.Exists(volume.Model(model.Name).Benchmark));
        return closed.State == RunState.Completed && lacking == 0
            ? elapsed
            : throw new InvalidOperationException(
                $"Run {closed.RunId} was closed {closed.State.Word()}, and {lacking} of its {request.Models.Count} "
                + "models are not published.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
