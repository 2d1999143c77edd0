using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Runs;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Saga;

/// <summary>What the state machine does in each step, inside the transaction of the event.</summary>
internal sealed class RunSteps(
    TeamReports reports, IOptions<NotifierOptions> options, TimeProvider time, ILogger<RunSteps> logger)
{
    /// <summary>
    /// Opens a run whose start has not arrived. The start is published first, so it has mostly never been.
    /// </summary>
    public void OpenWithoutStart<T>(BehaviorContext<RunSaga, T> context, Func<T, RefreshOutcome> read)
        where T : class
    {
        context.Saga.Deadline = time.GetUtcNow() + options.Value.DeadlineWithoutStart;
        var model = read(context.Message).Name;
        logger.NotStarted(
            context.Saga.CorrelationId, TypeCache<T>.ShortName, model.ValueStream, model.Model, context.Saga.Deadline);
    }

    /// <summary>Records the start and the models that the run waits for.</summary>
    public async Task Start(BehaviorContext<RunSaga, RefreshRunStarted> context)
    {
        var (run, started) = (context.Saga, context.Message);
        run.Trigger = started.Trigger;
        run.RequestedBy = started.RequestedBy;
        run.Reason = started.Reason;
        run.StartedAt = started.StartedAt;
        run.Deadline = started.Deadline;
        run.RegistrySha256 = started.RegistrySha256;
        await Transaction(context).Refreshes.ExpectAsync(
            run.CorrelationId, started.Models, context.CancellationToken, FirstStage(started.Trigger));
        logger.RunStarted(run.CorrelationId, started.Trigger.Word(), started.Models.Count, started.Deadline);
    }

    /// <summary>
    /// Records the start of a run that is closed already; its models without an outcome are missing.
    /// </summary>
    public async Task StartLate(BehaviorContext<RunSaga, RefreshRunStarted> context)
    {
        if (context.Saga is { StartedAt: { } first, ClosedAt: { } closed })
        {
            // A repeated message has the time of the first; the database may keep only microseconds.
            if ((context.Message.StartedAt - first).Duration() > TimeSpan.FromMilliseconds(1))
                logger.StartedAgain(context.Saga.CorrelationId, closed, context.Message.StartedAt);
            await PublishClosedAgain(context);
            return;
        }
        await Start(context);
        await MarkMissing(context, "The run closed before its start arrived.");
    }

    public Task<bool> Record<T>(BehaviorContext<RunSaga, T> context, Progress progress, Func<T, RefreshOutcome> read)
        where T : class =>
        Transaction(context).Refreshes.RecordAsync(
            context.Saga.CorrelationId, progress, read(context.Message), time.GetUtcNow(), context.CancellationToken);

    /// <summary>
    /// Records an event that arrives after the close. Those who were told that a model had failed, and that its readers
    /// keep the old data, are told if it is published all the same.
    /// </summary>
    public async Task RecordLate<T>(
        BehaviorContext<RunSaga, T> context, Progress progress, Func<T, RefreshOutcome> read)
        where T : class
    {
        var refresh = read(context.Message);
        var told = progress == Progress.Served
            ? await Transaction(context).Refreshes.EndedAsync(
                context.Saga.CorrelationId, refresh.Name, context.CancellationToken)
            : null;
        if (await Record(context, progress, read))
        {
            if (told is null or Outcome.Published)
                logger.ReceivedLate(refresh.Name, context.Saga.CorrelationId, TypeCache<T>.ShortName);
            else
                await CorrectAsync(context, refresh, told.Value);
        }
        await PublishClosedAgain(context);
    }

    /// <summary>
    /// Publishes RunClosed again for a repeated message: it may be the one that closed the run, and the process may
    /// have stopped after the commit and before RunClosed was sent.
    /// </summary>
    public Task PublishClosedAgain(BehaviorContext<RunSaga> context) =>
        context.ReceiveContext.Redelivered || context.GetRetryAttempt() > 0
            ? PublishClosed(context)
            : Task.CompletedTask;

    public async Task<bool> IsComplete<T>(BehaviorContext<RunSaga, T> context)
        where T : class =>
        !await Transaction(context).Refreshes.AnyUnfinishedAsync(context.Saga.CorrelationId, context.CancellationToken);

    public Task MarkRestMissing(BehaviorContext<RunSaga, CloseRun> context)
    {
        context.Saga.CloseReason = context.Message.Reason;
        return MarkMissing(context, $"It had no outcome when the run closed: {context.Message.Reason}.");
    }

    /// <summary>Closes the run, records its deliveries and publishes RunClosed.</summary>
    public async Task Close(BehaviorContext<RunSaga> context, RunState state)
    {
        var run = context.Saga;
        run.State = state;
        run.ClosedAt = time.GetUtcNow();
        await reports.AddDeliveriesAsync(run, Transaction(context), context.CancellationToken);
        await PublishClosed(context);
        logger.RunClosed(run.CorrelationId, state.Word(), run.CloseReason ?? "every model has an outcome");
    }

    public void CloseOfUnknownRun(CloseRun close) => logger.CloseOfUnknownRun(close.RunId, close.Reason);

    private async Task CorrectAsync(BehaviorContext<RunSaga> context, RefreshOutcome refresh, Outcome told)
    {
        var run = context.Saga;
        logger.PublishedAfterAll(
            refresh.ValueStream, refresh.Model, run.CorrelationId, told.Word(), refresh.Version ?? 0);
        await reports.AddCorrectionAsync(
            run, refresh.Name, Transaction(context), time.GetUtcNow(), context.CancellationToken);
    }

    private static async Task PublishClosed(BehaviorContext<RunSaga> context)
    {
        var models = await Transaction(context).Refreshes.AllAsync(
            context.Saga.CorrelationId, context.CancellationToken);
        await context.Publish(ClosedRun.Of(context.Saga, models));
    }

    private Task MarkMissing(BehaviorContext<RunSaga> context, string reason) =>
        Transaction(context).Refreshes.MarkMissingAsync(
            context.Saga.CorrelationId, reason, time.GetUtcNow(), context.CancellationToken);

    // What is on the volume already is neither fetched nor checked again.
    private static Stage FirstStage(RunTrigger trigger) =>
        trigger is RunTrigger.Rollback or RunTrigger.Accept ? Stage.Publish : Stage.Fetch;

    private static RunTransaction Transaction(BehaviorContext<RunSaga> context) => context.GetPayload<RunTransaction>();
}
