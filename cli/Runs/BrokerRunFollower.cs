using System.Data.Common;

namespace Benchmark.Cli.Runs;

/// <summary>
/// Follows a run on the broker to its end: in the Notifier's database when that can be seen from here, as it shows
/// progress and where the reports went; else by what the Notifier says on the broker when the run closes.
/// </summary>
internal sealed class BrokerRunFollower(Invocation invocation, CloseOfRun close)
{
    // The Notifier closes a run at its deadline; the close travels for moments, and may wait behind other events.
    private static readonly TimeSpan s_afterDeadline = TimeSpan.FromMinutes(5);

    /// <exception cref="InfrastructureException">Nothing was heard of the run's end, long after its
    /// deadline.</exception>
    public async Task<RunResult> FollowAsync(TimeSpan deadline, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        enough.CancelAfter(deadline + s_afterDeadline);
        var store = RunHistory.Open(invocation);
        var seen = new RunFollower(store, invocation.Terminal).FollowAsync(close.RunId, enough.Token);
        try
        {
            // The Notifier writes the close down before it says so: a database without the run is not the Notifier's.
            if (await Task.WhenAny(seen, close.Heard) == seen || await store.FindAsync(close.RunId, ct) is not null)
                return await seen;
        }
        catch (Exception e) when (e is InfrastructureException or DbException)
        {
            invocation.Terminal.Note($"{e.Message} Waiting for what the Notifier says on the broker.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw NothingHeard();
        }
        await enough.CancelAsync();
        await Task.WhenAny(seen);
        try
        {
            return new RunResult(await close.Heard.WaitAsync(deadline + s_afterDeadline, ct), []);
        }
        catch (TimeoutException)
        {
            throw NothingHeard();
        }
    }

    private InfrastructureException NothingHeard() => new(
        $"Nothing was heard of the end of run {close.RunId}, {s_afterDeadline.TotalMinutes:0} minutes after its "
        + "deadline. Is a Notifier "
        + $"running, and was the connection to the broker interrupted? Later: benchmark runs {close.RunId}");
}
