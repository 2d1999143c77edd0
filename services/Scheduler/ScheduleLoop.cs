using Benchmark.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Scheduler;

/// <summary>
/// Starts the runs that are due at every slot; with <see cref="SchedulerOptions.Once"/>, once, then ends the process.
/// </summary>
internal sealed class ScheduleLoop(
    DueRuns due, IOptions<SchedulerOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan s_glance = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The bus starts after this service; a message published before its queues are bound would be lost.
        await lifetime.HasStartedAsync(stoppingToken);
        if (options.Value.Once)
        {
            Environment.ExitCode = await due.StartAsync(
                time.GetUtcNow(), options.Value.PublishTimeout, stoppingToken, tellIfNone: true);
            lifetime.StopApplication();
            return;
        }
        while (true)
        {
            var now = time.GetUtcNow();
            await due.StartAsync(now, options.Value.PublishTimeout, stoppingToken);
            await UntilNextAsync(now, stoppingToken);
        }
    }

    // Until a slot comes after the last look. The registry may gain one at any moment, and its schedules are compared
    // with the volume at least once in a tick.
    private async Task UntilNextAsync(DateTimeOffset looked, CancellationToken stoppingToken)
    {
        while (time.GetUtcNow() is var now && now < looked + options.Value.Tick && !(due.Next(looked) <= now))
        {
            var rest = looked + options.Value.Tick - now;
            await Task.Delay(rest < s_glance ? rest : s_glance, time, stoppingToken);
        }
    }
}
