using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Hosting.Broker;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Sweeps;

/// <summary>Publishes <see cref="CloseRun"/> for runs whose deadline has passed.</summary>
internal sealed class OverdueRuns(DueWork due, IBus bus, TimeProvider time, ILogger<OverdueRuns> logger)
{
    /// <summary>How the reason of such a close begins; a person's begins otherwise.</summary>
    internal const string DeadlineReason = "deadline of ";

    // A CloseRun that is lost is published again. It gets this long, because it may wait in the queue behind the run's
    // last events, which should be handled first.
    private static readonly TimeSpan s_republishAfter = TimeSpan.FromMinutes(1);

    public async Task CloseAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var (runId, deadline) in await due.ClaimRunsAsync(now, now + s_republishAfter, ct))
        {
            logger.DeadlinePassed(runId, deadline);
            var when = deadline.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            await bus.PublishInTimeAsync(
                new CloseRun { RunId = runId, Reason = $"{DeadlineReason}{when} UTC passed" }, ct);
        }
    }
}
