using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher;
using Benchmark.Notifier.Runs;
using Benchmark.Scheduler;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli.Runs;

/// <summary>One run in this process, followed to its end.</summary>
internal static class LocalRun
{
    /// <summary>Starts a run and waits until it is closed and its reports were sent, or tried.</summary>
    /// <exception cref="RegistryException">The registry has problems.</exception>
    /// <exception cref="UsageException">A model is not in the registry.</exception>
    /// <exception cref="InfrastructureException">The volume cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the run is closed, what was under way is gone without a
    /// trace.</exception>
    public static async Task<RunResult> RunAsync(Invocation invocation, RefreshRequest request, CancellationToken ct)
    {
        VolumeProbe.Require(invocation.Volume);
        await StateProbe.RequireAsync(invocation, ct);
        using var host = OneProcess.Create(invocation);
        var registry = host.Services.GetRequiredService<IRegistry>().Pin();
        var run = request.ToRun(registry);

        await host.StartAsync(ct);
        try
        {
            await host.Services.GetRequiredService<RunStarter>().StartAsync(registry, run, ct);
            var follower = new RunFollower(
                host.Services.GetRequiredService<RunStore>(), invocation.Terminal,
                host.Services.GetRequiredService<FetchProgress>());
            return await follower.FollowAsync(run.RunId, ct);
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

    // What waited on the in-memory bus is gone with it: nobody would ever come for what was staged.
    private static void RemoveStaged(RunRequest run, Invocation invocation)
    {
        var areas = run.Models.Select(model => invocation.Volume.Model(model.Name).StagingArea).Where(Directory.Exists);
        foreach (var attempt in areas.SelectMany(area => Directory.GetDirectories(area, $"{run.RunId}-*")))
        {
            try
            {
                Directory.Delete(attempt, recursive: true);
            }
            catch (IOException e)
            {
                // A service that did not stop in time still writes there.
                invocation.Terminal.Note($"{attempt} is left behind, and swept after two days: {e.Message}");
            }
        }
    }

    // The run must not stay open until its deadline when nobody works on it any more.
    private static async Task CloseAsync(IHost host, Guid runId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await host.Services.GetRequiredService<IBus>()
            .Publish(new CloseRun { RunId = runId, Reason = "cancelled by the operator" }, patience.Token);
        var store = host.Services.GetRequiredService<RunStore>();
        while (!patience.IsCancellationRequested
            && await store.ChangesAsync(runId, long.MaxValue) is { State: RunState.Running })
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
    }
}
