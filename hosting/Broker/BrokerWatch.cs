using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Ends a process that its broker lets in and yet does not serve, so that whoever runs it starts it anew, and sees when that
/// does not help: the user may not read the queue, or the queue has no leader.
/// </summary>
internal sealed partial class BrokerWatch(
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
        Unserved(logger, options.Value.RestartAfter);
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

    [LoggerMessage(LogLevel.Critical,
        "The broker lets this process in, but has not served it for {RestartAfter}: it ends, to be started anew. "
        + "If that comes again, check that its user may declare, read and write its queue, and that the queue has a leader")]
    private static partial void Unserved(ILogger logger, TimeSpan restartAfter);
}
