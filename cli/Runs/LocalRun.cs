using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher;
using Benchmark.Notifier.Runs;
using Benchmark.Scheduler;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli.Runs;

/// <summary>A run in this process.</summary>
internal static class LocalRun
{
    // The Notifier in this process closes the run at its deadline, if it can write.
    private static readonly TimeSpan s_afterDeadline = TimeSpan.FromMinutes(1);

    /// <summary>Starts a run and waits until it is closed and each of its reports was sent or attempted.</summary>
    /// <exception cref="RegistryException">The registry is invalid.</exception>
    /// <exception cref="UsageException">A model is not in the registry.</exception>
    /// <exception cref="InfrastructureException">The volume or the database of runs cannot be used, or no longer: then
    /// the run has not closed by its deadline.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the run is closed, and what was staged is
    /// removed.</exception>
    public static async Task<RunResult> RunAsync(Invocation invocation, RunPlanner planner, CancellationToken ct)
    {
        await VolumeProbe.PrepareAsync(invocation, ct);
        using var host = OneProcess.Create(invocation);
        var registry = host.Services.GetRequiredService<IRegistry>().Pin();
        var run = planner(registry, Guid.CreateVersion7());

        await host.StartAsync(ct);
        try
        {
            await run.StartAsync(host.Services.GetRequiredService<RunStarter>(), ct);
            var follower = new RunFollower(
                host.Services.GetRequiredService<RunStore>(), invocation.Terminal,
                host.Services.GetRequiredService<FetchProgress>());
            return await FollowAsync(follower, run, invocation, ct);
        }
        catch (OperationCanceledException)
        {
            await CloseAsync(host, run.RunId);
            throw;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
            if (ct.IsCancellationRequested)
                RemoveStaged(run, invocation);
        }
    }

    private static async Task<RunResult> FollowAsync(
        RunFollower follower, RunPlan run, Invocation invocation, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(run.Models.Max(model => model.RunDeadline) + s_afterDeadline);
        try
        {
            return await follower.FollowAsync(run.RunId, inTime.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new InfrastructureException(
                $"Run {run.RunId} has not closed by its deadline, so its outcomes could not be recorded in "
                + $"{invocation.StateDirectory}: see {OneProcess.LogFile(invocation)}. What readers are served: "
                + "benchmark models");
        }
    }

    // The messages on the in-memory bus are lost, so nothing would ever use the staged files.
    private static void RemoveStaged(RunPlan run, Invocation invocation)
    {
        var areas = run.Models.Select(model => invocation.Volume.Model(model.Name).StagingArea);
        foreach (var attempt in areas.SelectMany(area => DirectoryEntries.Of(area, $"{run.RunId}-")))
        {
            try
            {
                Directory.Delete(attempt, recursive: true);
            }
            catch (IOException e)
            {
                // A service that did not stop in time still writes there.
                invocation.Terminal.Note(
                    $"{attempt} is not removed; a later refresh removes it after two days: {e.Message}");
            }
        }
    }

    // Closes the run now, because nothing works on it any more.
    private static async Task CloseAsync(IHost host, Guid runId)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await host.Services.GetRequiredService<IBus>()
            .Publish(new CloseRun { RunId = runId, Reason = "cancelled by the operator" }, timeout.Token);
        var store = host.Services.GetRequiredService<RunStore>();
        while (!timeout.IsCancellationRequested
            && await store.ChangesAsync(runId, long.MaxValue) is { State: RunState.Running })
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
    }
}
