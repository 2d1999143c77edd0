using Benchmark.Contracts.Registry;
using Benchmark.Hosting;
using Benchmark.Hosting.Broker;
using Benchmark.Scheduler;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli.Runs;

/// <summary>A run that the services on the broker carry out.</summary>
internal static class BrokerRun
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(25);

    /// <summary>Publishes a run; with <paramref name="wait"/>, follows it until it closes.</summary>
    /// <exception cref="BrokerException">The broker refuses the connection, or lacks a queue.</exception>
    /// <exception cref="InfrastructureException">The broker did not accept the run in time.</exception>
    public static async Task<int> StartAsync(
        Invocation invocation, RunPlanner planner, bool wait, CancellationToken ct)
    {
        VolumeProbe.RequireRoot(invocation.Volume);
        // Before the bus starts, because the bus retries a failed connection forever without an error.
        await BrokerProbe.RequireAsync(invocation.Configuration, [], TimeSpan.Zero, ct);
        VolumeProbe.RequireInstallation(invocation.Volume);
        var close = wait ? new CloseOfRun(Guid.CreateVersion7()) : null;
        using var host = CreateHost(invocation, close);
        var registry = host.Services.GetRequiredService<IRegistry>().Pin();
        var run = planner(registry, close?.RunId ?? Guid.CreateVersion7());
        try
        {
            await PublishAsync(host, run, wait, ct);
            invocation.Terminal.Note($"Run {run.RunId} is published: benchmark runs {run.RunId}");
            if (close is not null)
            {
                var result = await new BrokerRunFollower(invocation, close)
                    .FollowAsync(run.Models.Max(model => model.RunDeadline), ct);
                RunResultView.Show(invocation, result);
                return result.ExitCode;
            }
            if (invocation.Json)
                invocation.Terminal.Json(new { run.RunId });
            return ExitCode.Done;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static IHost CreateHost(Invocation invocation, CloseOfRun? close) => CommandHost.Create(
        invocation,
        builder =>
        {
            builder.AddRunStarter();
            if (close is null)
                return;
            builder.Services.AddSingleton(close);
            builder.AddConsumers(bus => bus.AddConsumer<CloseOfRun>().Endpoint(endpoint =>
            {
                endpoint.Name = close.Queue;
                endpoint.Temporary = true;
            }));
        });

    private static async Task PublishAsync(IHost host, RunPlan run, bool wait, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(s_timeout);
        try
        {
            await host.StartAsync(timeout.Token);
            // Otherwise the run could close before the queue for RunClosed exists.
            if (wait)
                await host.Services.GetRequiredService<IBusControl>()
                    .WaitForHealthStatus(BusHealthStatus.Healthy, timeout.Token);
            await run.StartAsync(host.Services.GetRequiredService<RunStarter>(), timeout.Token);
        }
        catch (MessageReturnedException e)
        {
            throw new InfrastructureException(
                $"The broker has no queue for part of run {run.RunId}. Declare all queues with benchmark topology, "
                + "then start it again.", e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new InfrastructureException(
                $"The broker did not accept all of run {run.RunId} within {s_timeout.TotalSeconds:0} s: "
                + $"see benchmark runs {run.RunId}. "
                + "Check that no memory or disk alarm is on, and that the user of RABBITMQ_URI (--broker) may write "
                + "to the exchanges of Benchmark.Contracts"
                + (wait ? ", and declare and read refresh-*, which --wait needs." : "."));
        }
    }
}
