using Benchmark.Contracts.Registry;
using Benchmark.Hosting;
using Benchmark.Scheduler;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli.Runs;

/// <summary>One run handed to the services on the broker.</summary>
internal static class BrokerRun
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Publishes a run; with <paramref name="wait"/> follows it in the Notifier's database.</summary>
    /// <exception cref="InfrastructureException">The broker did not take the run in time.</exception>
    public static async Task<int> StartAsync(Invocation invocation, RefreshRequest request, bool wait, CancellationToken ct)
    {
        if (await BrokerProbe.ProblemAsync(invocation.Configuration, ct) is { } problem)
            throw new InfrastructureException($"{problem} Start it, or correct RABBITMQ_URI (--broker).");
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
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new InfrastructureException(
                $"The broker did not take the run within {s_patience.TotalSeconds:0} s. Check RABBITMQ_URI (--broker) and that it is up.");
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
