using Benchmark.Contracts;
using Benchmark.Notifier.Runs;
using MassTransit;

namespace Benchmark.Cli.Runs;

/// <summary>
/// Consumes RunClosed of one run, on its own queue, which the broker removes when this process ends.
/// </summary>
internal sealed class CloseOfRun(Guid runId) : IConsumer<RunClosed>
{
    private readonly TaskCompletionSource<RunSummary> _received =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid RunId => runId;

    /// <summary>Completes when the run has closed.</summary>
    public Task<RunSummary> Received => _received.Task;

    /// <summary>The queue's name; an operator's permissions on the broker allow names with this prefix.</summary>
    public string Queue => $"refresh-{runId}";

    public Task Consume(ConsumeContext<RunClosed> context)
    {
        if (context.Message.RunId == runId)
            _received.TrySetResult(Summary(context.Message));
        return Task.CompletedTask;
    }

    private static RunSummary Summary(RunClosed closed) => new()
    {
        RunId = closed.RunId,
        State = closed.State,
        Trigger = closed.Trigger,
        RequestedBy = closed.RequestedBy,
        Reason = closed.Reason,
        StartedAt = closed.StartedAt ?? closed.ClosedAt,
        ClosedAt = closed.ClosedAt,
        Models = closed.Models,
    };
}
