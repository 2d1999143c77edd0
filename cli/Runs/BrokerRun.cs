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

    /// <summary>Publishes a run; with <paramref name="wait"/> follows it to its end.</summary>
    /// <exception cref="BrokerException">The broker lets nobody in, or lacks a queue.</exception>
    /// <exception cref="InfrastructureException">The broker did not take the run, or not in time.</exception>
    public static async Task<int> StartAsync(
        Invocation invocation, RefreshRequest request, bool wait, CancellationToken ct)
    {
        // Before the bus, which would try to connect again and again, and say nothing.
        await BrokerProbe.RequireAsync(invocation.Configuration, [], TimeSpan.Zero, ct);
        var close = wait ? new CloseOfRun(Guid.CreateVersion7()) : null;
        using var host = CreateHost(invocation, close);
        var registry = host.Services.GetRequiredService<IRegistry>().Pin();
        var run = request.ToRun(registry);
        if (close is not null)
            run = run with { RunId = close.RunId };
        try
        {
            await PublishAsync(host, registry, run, wait, ct);
            invocation.Terminal.Note($"Run {run.RunId} is on its way: benchmark runs {run.RunId}");
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

    private static IHost CreateHost(Invocation invocation, CloseOfRun? close)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfiguration(invocation.Configuration);
        builder.AddFileLogs("benchmark", OneProcess.LogFile(invocation));
        builder.AddRunStarter();
        if (close is not null)
        {
            builder.Services.AddSingleton(close);
            builder.AddConsumers(bus => bus.AddConsumer<CloseOfRun>().Endpoint(endpoint =>
            {
                endpoint.Name = close.Queue;
                endpoint.Temporary = true;
            }));
        }
        builder.AddBus();
        return builder.Build();
    }

    private static async Task PublishAsync(
        IHost host, ModelRegistry registry, RunRequest run, bool wait, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(s_patience);
        try
        {
            await host.StartAsync(patience.Token);
            // A run may close before the queue is there that hears of it.
            if (wait)
                await host.Services.GetRequiredService<IBusControl>()
                    .WaitForHealthStatus(BusHealthStatus.Healthy, patience.Token);
            await host.Services.GetRequiredService<RunStarter>().StartAsync(registry, run, patience.Token);
        }
        catch (MessageReturnedException e)
        {
            throw new InfrastructureException(
                $"The broker has no queue for part of run {run.RunId}. Declare all queues with benchmark topology, "
                + "and start it again.", e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new InfrastructureException(
                $"The broker did not take run {run.RunId} within {s_patience.TotalSeconds:0} s, or only a part of "
                + $"it: see benchmark runs {run.RunId}. "
                + "Check that no memory or disk alarm is on, and that the user of RABBITMQ_URI (--broker) may write "
                + "to the exchanges of Benchmark.Contracts"
                + (wait ? ", and declare and read refresh-*, which --wait takes." : "."));
        }
    }
}
