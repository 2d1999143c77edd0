using System.Data.Common;

namespace Benchmark.Cli.Runs;

/// <summary>
/// Follows a run on the broker until it closes: in the Notifier's database, which has its progress and its reports, or
/// else by the Notifier's RunClosed.
/// </summary>
internal sealed class BrokerRunFollower(Invocation invocation, CloseOfRun close)
{
    // The Notifier closes a run at its deadline, but CloseRun and RunClosed may wait behind other events.
    private static readonly TimeSpan s_afterDeadline = TimeSpan.FromMinutes(5);

    /// <exception cref="InfrastructureException">The run did not close, long after its
    /// deadline.</exception>
    public async Task<RunResult> FollowAsync(TimeSpan deadline, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(deadline + s_afterDeadline);
        var store = RunHistory.Open(invocation);
        var stored = new RunFollower(store, invocation.Terminal).FollowAsync(close.RunId, timeout.Token);
        try
        {
            // The Notifier commits the close before it publishes it, so a database without the run is another one.
            if (await Task.WhenAny(stored, close.Received) == stored
                || await store.FindAsync(close.RunId, ct) is not null)
                return await stored;
        }
        catch (Exception e) when (e is InfrastructureException or DbException)
        {
            invocation.Terminal.Note($"{e.Message} Waiting for the Notifier's RunClosed on the broker.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw NotClosed();
        }
        await timeout.CancelAsync();
        await Task.WhenAny(stored);
        try
        {
            return new RunResult(await close.Received.WaitAsync(deadline + s_afterDeadline, ct), []);
        }
        catch (TimeoutException)
        {
            throw NotClosed();
        }
    }

    private InfrastructureException NotClosed() => new(
        $"Run {close.RunId} has not closed {s_afterDeadline.TotalMinutes:0} minutes after its deadline. Check that a "
        + "Notifier is running and that the connection to the broker was not interrupted. "
        + $"Later: benchmark runs {close.RunId}");
}
