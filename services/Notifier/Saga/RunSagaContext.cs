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
    RunDatabase database, ISagaConsumeContextFactory<RunTransaction, RunState> contexts, TimeProvider time)
    : ISagaRepositoryContextFactory<RunState>
{
    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<RunState, T>> next)
        where T : class
    {
        await using var transaction = await database.BeginAsync(context.CancellationToken);
        await next.Send(new RunSagaContext<T>(context, transaction, contexts, time));
        // What the steps published waits in the endpoint's outbox until this has succeeded.
        await transaction.CommitAsync(context.CancellationToken);
    }

    public Task SendQuery<T>(
        ConsumeContext<T> context, ISagaQuery<RunState> query, IPipe<SagaRepositoryQueryContext<RunState, T>> next)
        where T : class =>
        throw new NotSupportedException("Runs are found by their id only.");

    public void Probe(ProbeContext context) => context.Add("persistence", "runs");
}

/// <summary>One message's view of the run it belongs to.</summary>
internal sealed class RunSagaContext<T>(
    ConsumeContext<T> context,
    RunTransaction transaction,
    ISagaConsumeContextFactory<RunTransaction, RunState> contexts,
    TimeProvider time)
    : ConsumeContextScope<T>(context, transaction), SagaRepositoryContext<RunState, T>
    where T : class
{
    public async Task<SagaConsumeContext<RunState, T>> Load(Guid correlationId)
    {
        var run = await transaction.LockAsync(correlationId, CancellationToken);
        return run is null ? null! : await WithAsync(run, SagaConsumeContextMode.Load);
    }

    public async Task<SagaConsumeContext<RunState, T>> Add(RunState instance)
    {
        instance.OpenedAt = time.GetUtcNow();
        instance.Deadline = instance.OpenedAt;
        // Another process may have added the run since we looked: then its row is the one to go on with.
        return await WithAsync(await transaction.AddOrLockAsync(instance, CancellationToken), SagaConsumeContextMode.Add);
    }

    // Called only for events that insert without looking first; the state machine has none.
    public Task<SagaConsumeContext<RunState, T>> Insert(RunState instance) => Add(instance);

    public Task Save(SagaConsumeContext<RunState> context) => transaction.SaveAsync(context.Saga, CancellationToken);

    public Task Update(SagaConsumeContext<RunState> context) => transaction.SaveAsync(context.Saga, CancellationToken);

    // Runs are kept: closed is a state, not the end of the row.
    public Task Delete(SagaConsumeContext<RunState> context) => Task.CompletedTask;

    // What a failed message did is rolled back with its transaction.
    public Task Discard(SagaConsumeContext<RunState> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<RunState> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<RunState, TOther>> CreateSagaConsumeContext<TOther>(
        ConsumeContext<TOther> consumeContext, RunState instance, SagaConsumeContextMode mode)
        where TOther : class =>
        contexts.CreateSagaConsumeContext(transaction, consumeContext, instance, mode);

    private Task<SagaConsumeContext<RunState, T>> WithAsync(RunState run, SagaConsumeContextMode mode) =>
        contexts.CreateSagaConsumeContext(transaction, this, run, mode);
}
