using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Hosting.Broker;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Sweeps;

/// <summary>Asks for the close of runs whose deadline has passed; publishes <see cref="CloseRun"/>.</summary>
internal sealed class OverdueRuns(DueWork due, IBus bus, TimeProvider time, ILogger<OverdueRuns> logger)
{
    // A close that was asked for and got lost is asked for again. Until then its message may wait in the queue behind
    // the run's last events, which should be heard first.
    private static readonly TimeSpan s_askAgain = TimeSpan.FromMinutes(1);

    public async Task CloseAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var (runId, deadline) in await due.ClaimRunsAsync(now, now + s_askAgain, ct))
        {
            logger.DeadlinePassed(runId, deadline);
            var when = deadline.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            await bus.PublishInTimeAsync(new CloseRun { RunId = runId, Reason = $"deadline of {when} UTC passed" }, ct);
        }
    }
}
