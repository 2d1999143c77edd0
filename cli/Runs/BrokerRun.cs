using Benchmark.Contracts.Registry;
using Benchmark.Hosting;
using Benchmark.Hosting.Broker;
using Benchmark.Scheduler;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli.Runs;

/// <summary>One run handed to the services on the broker.</summary>
internal static class BrokerRun
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    /// <summary>Publishes a run; with <paramref name="wait"/> follows it in the Notifier's database.</summary>
    /// <exception cref="BrokerException">The broker lets nobody in, or lacks a queue.</exception>
    /// <exception cref="InfrastructureException">The broker did not take the run, or not in time.</exception>
    public static async Task<int> StartAsync(Invocation invocation, RefreshRequest request, bool wait, CancellationToken ct)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfiguration(invocation.Configuration);
        builder.AddFileLogs("benchmark", OneProcess.LogFile(invocation));
        builder.AddRunStarter();
        builder.AddBus();
        using var host = builder.Build();
        var registry = host.Services.GetRequiredService<IRegistry>().Pin();
        var run = request.ToRun(registry);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(s_patience);
        try
        {
            await host.StartAsync(patience.Token);
            await host.Services.GetRequiredService<RunStarter>().StartAsync(registry, run, patience.Token);
        }
        catch (MessageReturnedException e)
        {
            throw new InfrastructureException(
                $"The broker has no queue for part of run {run.RunId}. Declare all queues with benchmark topology, and start it again.", e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new InfrastructureException(
                $"The broker did not take the run within {s_patience.TotalSeconds:0} s. "
                + "Check that no memory or disk alarm is on, and that the user of RABBITMQ_URI (--broker) may write to the exchanges of Benchmark.Contracts.");
        }
        await host.StopAsync(CancellationToken.None);
        invocation.Terminal.Note($"Run {run.RunId} is on its way: benchmark runs {run.RunId}");
        if (!wait)
        {
            if (invocation.Json)
                invocation.Terminal.Json(new { run.RunId });
            return ExitCode.Done;
        }

        var result = await new RunFollower(RunHistory.Open(invocation), invocation.Terminal).FollowAsync(run.RunId, ct);
        RunResultView.Show(invocation, result);
        return result.ExitCode;
    }
}
