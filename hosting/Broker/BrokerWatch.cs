using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Exits when the broker accepts the connection but serves none of this process's queues: the user may not read the
/// queue, or the queue has no leader. A restart fixes some of these cases; for the others, repeated restarts make it
/// visible.
/// </summary>
internal sealed class BrokerWatch(
    BrokerHealth health, IConfiguration configuration,
    IOptions<BusOptions> options, IHostApplicationLifetime lifetime, ILogger<BrokerWatch> logger)
    : BackgroundService
{
    private const int Infrastructure = 3;

    // Several checks before the exit, so that one failed check is not enough.
    private readonly TimeSpan _interval = options.Value.RestartAfter / 4;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WatchAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A normal stop. If rethrown, it would be logged as critical when another service fails to start.
        }
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        // Until then the bus is not asked to serve anything.
        await lifetime.HasStartedAsync(stoppingToken);
        using var timer = new PeriodicTimer(_interval);
        var unserved = TimeSpan.Zero;
        while (unserved < options.Value.RestartAfter)
        {
            await timer.WaitForNextTickAsync(stoppingToken);
            unserved = await IsUnservedAsync(stoppingToken) ? unserved + _interval : TimeSpan.Zero;
        }
        logger.NotServed(options.Value.RestartAfter);
        Environment.ExitCode = Infrastructure;
        lifetime.StopApplication();
    }

    // With the broker down, a restart would not help.
    private async Task<bool> IsUnservedAsync(CancellationToken ct)
    {
        if ((await health.CheckHealthAsync(new HealthCheckContext(), ct)).Status == HealthStatus.Healthy)
            return false;
        try
        {
            await using var connection = await BrokerProbe.ConnectAsync(
                BusOptions.Broker(configuration)!, "benchmark watch", ct);
            return true;
        }
        catch (BrokerException)
        {
            return false;
        }
    }
}
