using System.Data;
using System.Data.Common;
using Benchmark.Notifier.Saga;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Database;

/// <summary>
/// The database of runs: SQLite in the state directory, or PostgreSQL. Two processes may use it at once.
/// </summary>
/// <exception cref="OptionsValidationException">
/// <see cref="NotifierOptions.Database"/> is not a connection string.
/// </exception>
public sealed class RunDatabase(StateOptions state, NotifierOptions options)
{
    private readonly SqlDialect _dialect = SqlDialect.Of(state, Valid(options));
    private readonly SemaphoreSlim _creating = new(1);
    private volatile bool _created;

    internal int ConcurrentRuns => _dialect.ConcurrentRuns;

    /// <summary>
    /// Checks, by writing, that runs can be recorded, before anything is refreshed that could not be reported.
    /// </summary>
    /// <exception cref="DbException">The database is missing, read-only, damaged or full.</exception>
    /// <exception cref="IOException">The state directory cannot be created.</exception>
    public async Task RequireWritableAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var transaction = await BeginAsync(connection, ct);
        await using var command = connection.Command(transaction, "update schema_version set version = version");
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Opens a connection for writing; the first one of a process creates what is missing.</summary>
    internal async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (!_created)
            await CreateSchemaAsync(ct);
        return await _dialect.ConnectAsync(ct);
    }

    /// <summary>Opens a connection for reading; null when nothing has been written yet. Creates nothing.</summary>
    internal async Task<DbConnection?> OpenToReadAsync(CancellationToken ct)
    {
        if (!_dialect.Exists)
            return null;
        var connection = await _dialect.ConnectAsync(ct);
        if (_created || await HasSchemaAsync(connection, ct))
            return connection;
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Begins a transaction in which a run can be locked.</summary>
    internal async Task<RunTransaction> BeginAsync(CancellationToken ct)
    {
        var connection = await OpenAsync(ct);
        try
        {
            return new RunTransaction(connection, await BeginAsync(connection, ct), _dialect.LockRow);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Commands that only read have no host that validates the options.
    private static NotifierOptions Valid(NotifierOptions options)
    {
        var result = new NotifierOptions.Validation().Validate(Options.DefaultName, options);
        return result.Failed
            ? throw new OptionsValidationException(Options.DefaultName, typeof(NotifierOptions), result.Failures)
            : options;
    }

    private async Task CreateSchemaAsync(CancellationToken ct)
    {
        await _creating.WaitAsync(ct);
        try
        {
            _dialect.Prepare();
            await using var connection = await _dialect.ConnectAsync(ct);
            await using var transaction = await BeginAsync(connection, ct);
            await Schema.CreateAsync(connection, transaction, _dialect.LockSchema, ct);
            await transaction.CommitAsync(ct);
            _created = true;
        }
        finally
        {
            _creating.Release();
        }
    }

    private async Task<bool> HasSchemaAsync(DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.Command(null, _dialect.CountTables, ("name", "schema_version"));
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), null) > 0;
    }

    // Read committed is enough, because the lock on its row protects a run; for SQLite this is BEGIN IMMEDIATE.
    private static async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken ct) =>
        await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
}
