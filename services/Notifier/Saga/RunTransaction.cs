using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Saga;

/// <summary>
/// The transaction of one event: the run's locked row, its refreshes and its deliveries.
/// </summary>
internal sealed class RunTransaction(DbConnection connection, DbTransaction transaction, string lockRow)
    : IAsyncDisposable
{
    private RunSaga? _stored;

    public RefreshRows Refreshes => field ??= new RefreshRows(this);

    public DeliveryRows Deliveries => field ??= new DeliveryRows(this);

    /// <summary>What it has recorded for the first time.</summary>
    public Recorded Recorded { get; } = new();

    /// <summary>Reads and locks a run; null when there is none.</summary>
    public async Task<RunSaga?> LockAsync(Guid runId, CancellationToken ct)
    {
        await using var command = Command($"""
            select phase, run_trigger, requested_by, reason, opened_at, started_at, deadline, registry_sha256,
                state, close_reason, closed_at
            from runs where run_id = @run{lockRow}
            """, ("run", runId));
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            return null;
        var run = new RunSaga
        {
            CorrelationId = runId,
            Phase = row.GetString(0),
            Trigger = row.Enum<RunTrigger>(1, unknown: null),
            RequestedBy = row.Text(2),
            Reason = row.Text(3),
            OpenedAt = row.Time(4)!.Value,
            StartedAt = row.Time(5),
            Deadline = row.Time(6)!.Value,
            RegistrySha256 = row.Text(7),
            State = row.Enum<RunState>(8, RunState.Incomplete),
            CloseReason = row.Text(9),
            ClosedAt = row.Time(10),
        };
        _stored = run with { };
        return run;
    }

    /// <summary>Adds a run, or locks the one that another process has just added.</summary>
    public async Task<RunSaga> AddOrLockAsync(RunSaga run, CancellationToken ct)
    {
        await using var command = Command("""
            insert into runs (run_id, phase, opened_at, deadline) values (@run, @phase, @opened, @deadline)
            on conflict (run_id) do nothing
            """,
            ("run", run.CorrelationId), ("phase", run.Phase), ("opened", run.OpenedAt), ("deadline", run.Deadline));
        return await command.ExecuteNonQueryAsync(ct) == 1
            ? run
            : await LockAsync(run.CorrelationId, ct)
                ?? throw new InvalidOperationException($"Run {run.CorrelationId} was removed while it was added.");
    }

    /// <summary>Writes the run's row if the event has changed it; few do.</summary>
    public async Task SaveAsync(RunSaga run, CancellationToken ct)
    {
        Recorded.Run = run;
        if (run == _stored)
            return;
        await using var command = Command("""
            update runs set phase = @phase, run_trigger = coalesce(@trigger, run_trigger), requested_by = @by,
                reason = @reason, opened_at = @opened,
                started_at = @started, deadline = @deadline, registry_sha256 = @sha, state = @state,
                close_reason = @close, closed_at = @closed
            where run_id = @run
            """,
            ("phase", run.Phase), ("trigger", run.Trigger?.Word()), ("by", run.RequestedBy), ("reason", run.Reason),
            ("opened", run.OpenedAt), ("started", run.StartedAt), ("deadline", run.Deadline),
            ("sha", run.RegistrySha256),
            ("state", run.State?.Word()), ("close", run.CloseReason), ("closed", run.ClosedAt),
            ("run", run.CorrelationId));
        await command.ExecuteNonQueryAsync(ct);
        if (_stored?.StartedAt is null && run.StartedAt is not null)
            Recorded.Started = run;
        if (_stored?.ClosedAt is null && run.ClosedAt is not null)
            Recorded.Closed = run;
        _stored = run with { };
    }

    public Task CommitAsync(CancellationToken ct) => transaction.CommitAsync(ct);

    public DbCommand Command(string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        connection.Command(transaction, text, values);

    public async ValueTask DisposeAsync()
    {
        // Disposing an uncommitted transaction rolls it back.
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
