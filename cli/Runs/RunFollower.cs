using Benchmark.Contracts;
using Benchmark.Fetcher;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Runs;
using Spectre.Console;

namespace Benchmark.Cli.Runs;

/// <summary>
/// Shows a run's progress, from the run store and the fetches of this process, until it is closed and each of its
/// reports was sent or attempted.
/// </summary>
internal sealed class RunFollower(RunStore store, Terminal terminal, FetchProgress? fetches = null)
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);

    // A Notifier in another process sends the report whether or not this command waits.
    private static readonly TimeSpan s_waitForReports = TimeSpan.FromSeconds(30);

    // Longer than a mail usually takes.
    private static readonly TimeSpan s_noticeAfter = TimeSpan.FromSeconds(3);

    // The Notifier records a run moments after its start.
    private static readonly TimeSpan s_waitForRun = TimeSpan.FromSeconds(30);

    /// <exception cref="InfrastructureException">The run does not appear, because no Notifier uses this
    /// database.</exception>
    public async Task<RunResult> FollowAsync(Guid runId, CancellationToken ct)
    {
        var run = terminal.ShowsProgress
            ? await FollowLiveAsync(runId, ct)
            : await FollowAsync(runId, new ProgressLines(runId, terminal, fetches).Show, ct);
        return new RunResult(run, await ReportsAsync(runId, ct));
    }

    private Task<RunSummary> FollowLiveAsync(Guid runId, CancellationToken ct)
    {
        var table = new ProgressTable(runId, fetches);
        return terminal.Error.Live(table.Table).StartAsync(live => FollowAsync(runId, changes =>
        {
            table.Show(changes);
            live.Refresh();
        }, ct));
    }

    private async Task<RunSummary> FollowAsync(Guid runId, Action<RunChanges> show, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_pollInterval);
        var started = TimeProvider.System.GetTimestamp();
        RunChanges? seen = null;
        while (true)
        {
            if (seen is null && TimeProvider.System.GetElapsedTime(started) > s_waitForRun)
                throw NotAppeared(runId);
            var found = await store.ChangesAsync(runId, seen?.Last ?? 0, ct);
            if (found is null && seen is not null)
                throw new InfrastructureException(
                    $"Run {runId} is no longer in the database of runs: somebody has removed it. What readers are "
                    + "served: benchmark models");
            if (found is { } changes)
            {
                seen = changes;
                show(changes);
                if (changes.State != RunState.Running)
                    return (await store.FindAsync(runId, ct))!;
            }
            await timer.WaitForNextTickAsync(ct);
        }
    }

    private InfrastructureException NotAppeared(Guid runId)
    {
        // In one process the Notifier runs and the database is its own.
        var next = fetches is null
            ? "Check that a Notifier is running, and name its database with --database (BENCHMARK_DATABASE)."
            : "Its start could not be recorded, or somebody has removed it. What readers are served: benchmark models";
        return new InfrastructureException(
            $"Run {runId} has not appeared in the database of runs for {s_waitForRun.TotalSeconds:0} s. {next}");
    }

    private async Task<IReadOnlyList<Delivery>> ReportsAsync(Guid runId, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_pollInterval);
        var started = TimeProvider.System.GetTimestamp();
        var noticeShown = false;
        while (true)
        {
            var deliveries = await store.DeliveriesAsync(runId, ct);
            var waited = TimeProvider.System.GetElapsedTime(started);
            if (deliveries.All(delivery => delivery.State != Delivery.Pending || delivery.Attempts > 0))
                return deliveries;
            // In one process nothing else sends the reports, so wait for the first attempt of each.
            if (fetches is null && waited > s_waitForReports)
                return deliveries;
            if (fetches is not null && !noticeShown && waited > s_noticeAfter)
            {
                terminal.Note("The run is closed; waiting for its report to be sent.");
                noticeShown = true;
            }
            await timer.WaitForNextTickAsync(ct);
        }
    }
}
