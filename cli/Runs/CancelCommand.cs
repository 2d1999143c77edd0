using System.CommandLine;
using Benchmark.Cli.Completion;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting.Broker;
using Benchmark.Notifier.Runs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Cli.Runs;

/// <summary>
/// <c>benchmark cancel</c>: closes a run on the broker now. What waits for it in the queue is dropped, and what is
/// being fetched is stopped within seconds.
/// </summary>
internal static class CancelCommand
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private static readonly Argument<string> s_run = Arguments.Names<string>(
        "run", "A run id, or the beginning of one.", ArgumentArity.ExactlyOne, KnownNames.Runs);

    private static readonly Option<string> s_reason = new("--reason")
    {
        Description = "Why; recorded in the run and its report.",
        HelpName = "text",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("cancel", "Close a run now: its models without an outcome are missing.")
        {
            s_run, s_reason,
        };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        if (!invocation.HasBroker)
            throw new UsageException(
                "Without a broker a run is cancelled with Ctrl+C, where it runs. Name the broker of another run with "
                + "RABBITMQ_URI (--broker).");
        var store = RunHistory.Open(invocation);
        var run = await RunHistory.FindAsync(store, invocation.Value(s_run)!, ct);
        if (run.State != RunState.Running)
            throw new UsageException($"Run {run.RunId} has closed already. See: benchmark runs {run.RunId}.");
        await BrokerProbe.RequireAsync(invocation.Configuration, [Queues.Notifier], TimeSpan.Zero, ct);
        // First the run: marked as cancelled and not closed, its requests would be dropped and it would wait for them.
        await PublishAsync(invocation, new CloseRun { RunId = run.RunId, Reason = Words(invocation) }, ct);
        MarkCancelled(invocation, run.RunId);
        var closed = await ClosedAsync(store, run.RunId, ct);
        RunResultView.Show(invocation, new RunResult(closed, []));
        return ExitCode.Done;
    }

    private static string Words(Invocation invocation) => $"cancelled by {Environment.UserName}"
        + (string.IsNullOrWhiteSpace(invocation.Value(s_reason)) ? "" : $": {invocation.Value(s_reason)}");

    // The run closes in any case; without the file, its requests are carried out, and recorded late.
    private static void MarkCancelled(Invocation invocation, Guid runId)
    {
        var path = invocation.Volume.Cancelled(runId);
        try
        {
            if (!Posix.IsDirectory(invocation.Volume.Root))
                throw new DirectoryNotFoundException($"{invocation.Volume.Root} does not exist.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            invocation.Terminal.Note(
                $"Its models are still fetched, because the volume cannot be written: {e.Message}");
        }
    }

    private static async Task PublishAsync(Invocation invocation, CloseRun close, CancellationToken ct)
    {
        using var host = CommandHost.Create(invocation);
        await host.StartAsync(ct);
        try
        {
            await host.Services.GetRequiredService<IBus>().PublishInTimeAsync(close, ct);
        }
        catch (TimeoutException e)
        {
            throw new InfrastructureException($"Run {close.RunId} is not cancelled. {e.Message}", e);
        }
        catch (MessageReturnedException e)
        {
            throw new InfrastructureException(
                $"Run {close.RunId} is not cancelled: the broker has no queue for it. Declare all queues with "
                + "benchmark topology, then cancel again.", e);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<RunSummary> ClosedAsync(RunStore store, Guid runId, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await store.FindAsync(runId, ct) is { State: not RunState.Running } closed)
                return closed;
            if (TimeProvider.System.GetElapsedTime(started) > s_timeout)
                throw new InfrastructureException(
                    $"Run {runId} is to close as soon as the Notifier comes to it, which was not within "
                    + $"{s_timeout.TotalSeconds:0} s. Check that a Notifier is running. Later: benchmark runs {runId}");
            await timer.WaitForNextTickAsync(ct);
        }
    }
}
