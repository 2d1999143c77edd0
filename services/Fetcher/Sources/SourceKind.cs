using System.Data.Common;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Csv;

namespace Benchmark.Fetcher.Sources;

/// <summary>What one kind of source does differently from the others behind ADO.NET.</summary>
internal abstract class SourceKind
{
    /// <summary>Where connections come from.</summary>
    public abstract DbProviderFactory Factory { get; }

    /// <summary>Whether a backslash in a text literal escapes what follows, and <c>//</c> starts a comment.</summary>
    public virtual bool BackslashEscapes => false;

    /// <summary>The connection string as it is used: read-only, no pool where one would cost more than it saves.</summary>
    /// <exception cref="FetchRefusedException">What it names is not there or not allowed.</exception>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public abstract string Prepare(SourceDefinition source);

    /// <summary>Whether opening it costs so much that the next fetch should find it open.</summary>
    public virtual bool IsWorthKeepingOpen(DbConnection connection) => false;

    /// <summary>One part of a table's name in the source's spelling of identifiers.</summary>
    public abstract string Quote(string part);

    /// <summary>What a fresh connection needs before the query.</summary>
    public virtual Task SetUpAsync(DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>Settings of the command that only this driver has.</summary>
    public virtual void Tune(DbCommand command)
    {
    }

    /// <summary>Stops a running command, from another thread.</summary>
    public virtual void Cancel(DbCommand command) => command.Cancel();

    /// <summary>How a column is read and written.</summary>
    /// <exception cref="FetchRefusedException">The dialect has no place for its type.</exception>
    public abstract Column Column(DbDataReader reader, int ordinal);

    /// <summary>The source's own id of the query; null when it gives none.</summary>
    public virtual string? QueryId(DbDataReader reader) => null;

    /// <summary>What a driver's exception means.</summary>
    public abstract FailureClass Classify(Exception failure);

    protected static async Task ExecuteAsync(DbConnection connection, string statement, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The refusal of a column whose type the dialect has no place for.</summary>
    public static FetchRefusedException Unsupported(
        DbDataReader reader, int ordinal, string type, Exception? cause = null) => new(
        $"Column '{reader.GetName(ordinal)}' is of type {type}, which a CSV has no place for.",
        $"Cast it in the query to a plain type, for example cast({reader.GetName(ordinal)} as varchar), or leave it out.",
        cause);
}

/// <summary>What to do about a failure.</summary>
internal enum FailureClass
{
    /// <summary>The machine's or the network's: the same request may work in a moment.</summary>
    Transient,

    /// <summary>The query's or the data's: the same request fails in the same way.</summary>
    Permanent,

    /// <summary>The source does not let us in; trying again could lock the account.</summary>
    Credentials,
}
