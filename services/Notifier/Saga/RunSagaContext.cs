using Benchmark.Notifier.Database;
using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace Benchmark.Notifier.Saga;

/// <summary>
/// The saga repository: gives MassTransit each run inside one <see cref="RunTransaction"/>, which the state machine's
/// steps find as the context's payload. Locks the run's row; nothing is retried because two events met.
/// </summary>
internal sealed class RunSagaContextFactory(
    RunDatabase database, ISagaConsumeContextFactory<RunTransaction, RunSaga> contexts, TimeProvider time)
    : ISagaRepositoryContextFactory<RunSaga>
{
    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<RunSaga, T>> next)
        where T : class
    {
        await using var transaction = await database.BeginAsync(context.CancellationToken);
        await next.Send(new RunSagaContext<T>(context, transaction, contexts, time));
        // What the steps published waits in the endpoint's outbox until this has succeeded.
        await transaction.CommitAsync(context.CancellationToken);
    }

    public Task SendQuery<T>(
        ConsumeContext<T> context, ISagaQuery<RunSaga> query, IPipe<SagaRepositoryQueryContext<RunSaga, T>> next)
        where T : class =>
        throw new NotSupportedException("Runs are found by their id only.");

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
        // Another process may have added the run since we looked: then its row is the one to go on with.
        return await WithAsync(
            await transaction.AddOrLockAsync(instance, CancellationToken), SagaConsumeContextMode.Add);
    }

    // Called only for events that insert without looking first; the state machine has none.
    public Task<SagaConsumeContext<RunSaga, T>> Insert(RunSaga instance) => Add(instance);

    public Task Save(SagaConsumeContext<RunSaga> context) => transaction.SaveAsync(context.Saga, CancellationToken);

    public Task Update(SagaConsumeContext<RunSaga> context) => transaction.SaveAsync(context.Saga, CancellationToken);

    // Runs are kept: closed is a state, not the end of the row.
    public Task Delete(SagaConsumeContext<RunSaga> context) => Task.CompletedTask;

    // What a failed message did is rolled back with its transaction.
    public Task Discard(SagaConsumeContext<RunSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<RunSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<RunSaga, TOther>> CreateSagaConsumeContext<TOther>(
        ConsumeContext<TOther> consumeContext, RunSaga instance, SagaConsumeContextMode mode)
        where TOther : class =>
        contexts.CreateSagaConsumeContext(transaction, consumeContext, instance, mode);

    private Task<SagaConsumeContext<RunSaga, T>> WithAsync(RunSaga run, SagaConsumeContextMode mode) =>
        contexts.CreateSagaConsumeContext(transaction, this, run, mode);
}
