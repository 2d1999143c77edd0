using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Says in the log why the broker does not serve this process, again each minute, and when it does; and binds again
/// what someone has unbound. Exits when the broker accepts the connection but serves none of this process's queues: the
/// user may not read the queue, or the queue has no leader. A restart fixes some of these cases; for the others,
/// repeated restarts make it visible.
/// </summary>
internal sealed class BrokerWatch(
    BrokerHealth health, IOptions<BusOptions> options, IHostApplicationLifetime lifetime, ILogger<BrokerWatch> logger)
    : BackgroundService
{
    private const int Infrastructure = 3;

    private static readonly TimeSpan s_longestInterval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_repeat = TimeSpan.FromMinutes(1);

    // Several checks before the exit, so that one failed check is not enough.
    private readonly TimeSpan _interval =
        options.Value.RestartAfter / 4 is var quarter && quarter < s_longestInterval ? quarter : s_longestInterval;

    private long? _awaySince;
    private long _told;
    private long _bound;

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
            var problem = await health.ProblemAsync(stoppingToken);
            Tell(problem?.Reason);
            if (problem is null)
                await BindAgainAsync(stoppingToken);
            // With the broker down or full, a restart would not help.
            unserved = problem is { IsOfThisProcess: true } ? unserved + _interval : TimeSpan.Zero;
        }
        logger.NotServed(options.Value.RestartAfter);
        Environment.ExitCode = Infrastructure;
        lifetime.StopApplication();
    }

    private async Task BindAgainAsync(CancellationToken ct)
    {
        if (TimeProvider.System.GetElapsedTime(_bound) < s_repeat)
            return;
        _bound = TimeProvider.System.GetTimestamp();
        try
        {
            await health.BindAgainAsync(ct);
        }
        catch (BrokerException)
        {
            // This user may not, and somebody else has bound it: it is served. Of a broker that has just gone away the
            // next look tells.
        }
    }

    private void Tell(string? problem)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (problem is null)
        {
            if (_awaySince is { } since)
                logger.BrokerBack(TimeProvider.System.GetElapsedTime(since, now));
            _awaySince = null;
            return;
        }
        if (_awaySince is not null && TimeProvider.System.GetElapsedTime(_told, now) < s_repeat)
            return;
        _awaySince ??= now;
        _told = now;
        logger.BrokerAway(problem);
    }
}
