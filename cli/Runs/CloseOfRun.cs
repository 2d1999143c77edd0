using Benchmark.Contracts;
using Benchmark.Notifier.Runs;
using MassTransit;

namespace Benchmark.Cli.Runs;

/// <summary>
/// Consumes RunClosed of one run, on a queue of its own that the broker removes when this process is gone.
/// </summary>
internal sealed class CloseOfRun(Guid runId) : IConsumer<RunClosed>
{
    private readonly TaskCompletionSource<RunSummary> _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid RunId => runId;

    /// <summary>The closed run, once it is.</summary>
    public Task<RunSummary> Heard => _heard.Task;

    /// <summary>The queue's name; the broker's permissions for an operator allow names that begin so.</summary>
    public string Queue => $"refresh-{runId}";

    public Task Consume(ConsumeContext<RunClosed> context)
    {
        if (context.Message.RunId == runId)
            _heard.TrySetResult(Summary(context.Message));
        return Task.CompletedTask;
    }

    private static RunSummary Summary(RunClosed closed) => new()
    {
        RunId = closed.RunId,
        State = closed.State,
        Trigger = closed.Trigger,
        StartedAt = closed.StartedAt ?? closed.ClosedAt,
        ClosedAt = closed.ClosedAt,
        Models = closed.Models,
    };
}
