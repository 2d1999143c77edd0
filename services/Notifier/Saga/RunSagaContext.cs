using Benchmark.Notifier.Database;
using Benchmark.Notifier.Measuring;
using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace Benchmark.Notifier.Saga;

/// <summary>
/// The saga repository: it handles each event in one <see cref="RunTransaction"/>, which the state machine's steps get
/// as the context's payload. The run's row is locked, so that concurrent events wait instead of failing.
/// </summary>
internal sealed class RunSagaContextFactory(
    RunDatabase database,
    ISagaConsumeContextFactory<RunTransaction, RunSaga> contexts,
    CommittedFacts committed,
    TimeProvider time)
    : ISagaRepositoryContextFactory<RunSaga>
{
    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<RunSaga, T>> next)
        where T : class
    {
        await using var transaction = await database.BeginAsync(context.CancellationToken);
        await next.Send(new RunSagaContext<T>(context, transaction, contexts, time));
        // What the steps publish stays in the endpoint's outbox until the commit has succeeded.
        await transaction.CommitAsync(context.CancellationToken);
        committed.Tell(transaction.Recorded);
    }

    public Task SendQuery<T>(
        ConsumeContext<T> context, ISagaQuery<RunSaga> query, IPipe<SagaRepositoryQueryContext<RunSaga, T>> next)
        where T : class =>
        throw new NotSupportedException("Runs can only be found by their id.");

    public void Probe(ProbeContext context) => context.Add("persistence", "runs");
}

/// <summary>One message's view of the run it belongs to.</summary>
internal sealed class RunSagaContext<T>(
    ConsumeContext<T> context,
    RunTransaction transaction,
    ISagaConsumeContextFactory<RunTransaction, RunSaga> contexts,
    TimeProvider time)
    : ConsumeContextScope<T>(context, transaction), SagaRepositoryContext<RunSaga, T>
    where T : class
{
    public async Task<SagaConsumeContext<RunSaga, T>> Load(Guid correlationId)
    {
        var run = await transaction.LockAsync(correlationId, CancellationToken);
        return run is null ? null! : await WithAsync(run, SagaConsumeContextMode.Load);
    }

    public async Task<SagaConsumeContext<RunSaga, T>> Add(RunSaga instance)
    {
        instance.OpenedAt = time.GetUtcNow();
        instance.Deadline = instance.OpenedAt;
        // Another process may have added the run since Load; then its row is used.
        return await WithAsync(
            await transaction.AddOrLockAsync(instance, CancellationToken), SagaConsumeContextMode.Add);
    }

    // Called only for events that insert without Load; the state machine has none.
    public Task<SagaConsumeContext<RunSaga, T>> Insert(RunSaga instance) => Add(instance);

    public Task Save(SagaConsumeContext<RunSaga> context) => transaction.SaveAsync(context.Saga, CancellationToken);

    public Task Update(SagaConsumeContext<RunSaga> context) => transaction.SaveAsync(context.Saga, CancellationToken);

    // The row of a closed run is kept.
    public Task Delete(SagaConsumeContext<RunSaga> context) => Task.CompletedTask;

    // The transaction of a failed message is rolled back.
    public Task Discard(SagaConsumeContext<RunSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<RunSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<RunSaga, TOther>> CreateSagaConsumeContext<TOther>(
        ConsumeContext<TOther> consumeContext, RunSaga instance, SagaConsumeContextMode mode)
        where TOther : class =>
        contexts.CreateSagaConsumeContext(transaction, consumeContext, instance, mode);

    private Task<SagaConsumeContext<RunSaga, T>> WithAsync(RunSaga run, SagaConsumeContextMode mode) =>
        contexts.CreateSagaConsumeContext(transaction, this, run, mode);
}
