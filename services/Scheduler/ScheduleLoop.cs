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
            await due.StartAsync(time.GetUtcNow(), options.Value.PublishTimeout, stoppingToken);
            await Task.Delay(UntilNext(), time, stoppingToken);
        }
    }

    private TimeSpan UntilNext()
    {
        var now = time.GetUtcNow();
        // At most a tick, because the registry may gain a schedule in the meantime.
        return due.Next(now) is { } next && next - now < options.Value.Tick ? next - now : options.Value.Tick;
    }
}
