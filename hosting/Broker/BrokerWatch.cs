using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Ends a process whose broker accepts its connection and yet serves none of its queues: the user may not read the queue,
/// or the queue has no leader. A restart mends some of these; of the others, restarts again and again are what people see.
/// </summary>
internal sealed class BrokerWatch(
    BrokerHealth health, IConfiguration configuration, IOptions<BusOptions> options, IHostApplicationLifetime lifetime, ILogger<BrokerWatch> logger)
    : BackgroundService
{
    private const int Infrastructure = 3;

    // A few looks before the end, so that one bad moment is not taken for a state.
    private readonly TimeSpan _look = options.Value.RestartAfter / 4;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_look);
        var unserved = TimeSpan.Zero;
        while (unserved < options.Value.RestartAfter)
        {
            await timer.WaitForNextTickAsync(stoppingToken);
            unserved = await IsUnservedAsync(stoppingToken) ? unserved + _look : TimeSpan.Zero;
        }
        logger.NotServed(options.Value.RestartAfter);
        Environment.ExitCode = Infrastructure;
        lifetime.StopApplication();
    }

    // A broker that is away serves nobody, and a new process would be no better off.
    private async Task<bool> IsUnservedAsync(CancellationToken ct)
    {
        if ((await health.CheckHealthAsync(new HealthCheckContext(), ct)).Status == HealthStatus.Healthy)
            return false;
        try
        {
            await using var connection = await BrokerProbe.ConnectAsync(BusOptions.Broker(configuration)!, "benchmark watch", ct);
            return true;
        }
        catch (BrokerException)
        {
            return false;
        }
    }
}
