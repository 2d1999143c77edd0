using System.Data;
using System.Data.Common;
using Benchmark.Contracts.Registry;
using Benchmark.Data.Totals;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources.Http;

namespace Benchmark.Fetcher.Sources;

/// <summary>What one kind of source does differently from the others behind ADO.NET.</summary>
internal abstract class SourceKind
{
    /// <summary>Where connections come from.</summary>
    public abstract DbProviderFactory Factory { get; }

    /// <summary>Whether a backslash in a text literal escapes what follows, and <c>//</c> starts a comment.</summary>
    public virtual bool BackslashEscapes => false;

    /// <summary>
    /// The connection string as it is used: read-only, no pool where one would cost more than it saves.
    /// </summary>
    /// <exception cref="FetchRefusedException">What it names is not there or not allowed.</exception>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public abstract string Prepare(SourceDefinition source);

    /// <summary>A connection string with every secret that its driver was given, which no message may hold.</summary>
    public virtual string WithSecrets(SourceDefinition source) => source.Connection;

    /// <summary>What whoever runs this should do about a source that works; null when nothing.</summary>
    public virtual string? Warning(SourceDefinition source) => null;

    /// <summary>Whether opening it costs so much that the next fetch should find it open.</summary>
    public virtual bool IsWorthKeepingOpen(DbConnection connection) => false;

    /// <summary>
    /// One part of a table's name, as people write it in the registry, in the source's spelling of identifiers.
    /// </summary>
    public abstract string Quote(string part);

    /// <summary>A name taken to the letter: that of a column, or a part of a table's name in double quotes.</summary>
    public virtual string QuoteExactly(string name) => Identifiers.DoubleQuoted(name);

    /// <summary>
    /// A query that gives schema, which may be NULL, and name of every table and view that people could read.
    /// </summary>
    public abstract string Catalogue { get; }

    /// <summary>Whether a part of a table's name means another table without quotes.</summary>
    public virtual bool NeedsQuotes(string part) => !Identifiers.Plain(part);

    /// <summary>A query with the same columns that gives no rows, for a check to run.</summary>
    public virtual string WithoutRows(string query) => $"SELECT * FROM {PreparedQuery.DerivedTable(query)} WHERE 1 = 0";

    /// <summary>Closes a fresh connection to everything that its source does not allow.</summary>
    /// <exception cref="SourceUnavailableException">It cannot be closed now, but soon.</exception>
    public virtual Task RestrictAsync(DbConnection connection, SourceDefinition source, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>A moment as a query spells it; null for a source that cannot be read as it was.</summary>
    public virtual string? Moment(DateTimeOffset at) => null;

    /// <summary>
    /// What stands after FROM to read a table as it was; only of a source that has <see cref="Moment"/>.
    /// </summary>
    public virtual string TableAsOf(string table, string moment) => throw new NotSupportedException();

    /// <summary>What a fresh connection needs to describe queries of which no row is read.</summary>
    public virtual Task SetUpToDescribeAsync(DbConnection connection, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// What a fresh connection needs before the query: a transaction, too, where the query and its control totals would
    /// not see the same data without.
    /// </summary>
    public virtual Task SetUpAsync(DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>
    /// Makes a command that holds the model's query ready to be read: with the settings that only this driver has, and
    /// with another text where the query alone would not give every value exactly, or in the order of the model's key.
    /// A source whose SQL allows no ORDER BY in a derived table keeps the rows elsewhere, and says where.
    /// </summary>
    public virtual Task<PreparedQuery> PrepareAsync(DbCommand command, ModelDefinition model, CancellationToken ct) =>
        Task.FromResult(PreparedQuery.Of(command));

    /// <summary>
    /// Runs a command and reads its result; a cancellation stops the driver even where it does not look at the token.
    /// </summary>
    public async Task<T> QueryAsync<T>(
        DbCommand command, CommandBehavior behavior, Func<DbDataReader, Task<T>> read, CancellationToken ct)
    {
        await using var stop = new Interruption(() => Cancel(command), ct);
        await using var reader = await command.ExecuteReaderAsync(behavior, ct);
        return await read(reader);
    }

    /// <summary>Reads the rows of a prepared query.</summary>
    public virtual Task<T> ReadAsync<T>(DbCommand command, Func<DbDataReader, Task<T>> read, CancellationToken ct) =>
        QueryAsync(command, CommandBehavior.SequentialAccess, read, ct);

    /// <summary>Stops a running command, from another thread.</summary>
    public virtual void Cancel(DbCommand command) => command.Cancel();

    /// <summary>How a column is read and written.</summary>
    /// <exception cref="UnwritableDataException">The dialect has no place for its type.</exception>
    public abstract CsvColumn Column(DbDataReader reader, int ordinal);

    /// <summary>
    /// The type that values can be cast to, and mean the same, where the dialect has no place for theirs; null when
    /// there is none.
    /// </summary>
    public virtual string? PlainType(string type) => null;

    /// <summary>Whether every fetch is compared with control totals, whatever the registry says.</summary>
    public virtual bool AlwaysReconciles => false;

    /// <summary>The source's expression for a control total over a quoted column; null when it cannot tell.</summary>
    public abstract string? Total(Measure measure, string column);

    /// <summary>What a driver's exception means.</summary>
    public abstract FailureClass Classify(Exception failure);

    /// <summary>
    /// Whether the words of a query are wrong, such as its syntax or a name: not the data, its server or a grant.
    /// </summary>
    public virtual bool IsWrongQuery(Exception failure) => false;

    /// <summary>Whether the driver threw it, and not whoever writes the rows.</summary>
    public virtual bool IsFailure(Exception failure) => failure is DbException or TimeoutException;

    /// <summary>What it means, in words for people; a secret of the connection is taken out by the caller.</summary>
    public virtual SourceFailure Explain(Exception failure, string? trouble) =>
        new(Classify(failure), SourceFailedException.OneLine(failure), Hint: null);

    /// <summary>How long a log-in may take; null where its driver ends one itself, and soon.</summary>
    public virtual TimeSpan? LogInTimeout => null;

    /// <summary>Watches the requests of a driver that speaks HTTP; null for all others.</summary>
    public virtual HttpWatch? Watch(TimeProvider time) => null;

    /// <summary>Ends the sessions that the driver keeps for the next fetch.</summary>
    public virtual Task EndSessionsAsync() => Task.CompletedTask;

    /// <summary>Reads something the way that large results come, so that a check sees whether they do.</summary>
    public virtual Task ProbeAsync(DbConnection connection, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// What to do about a query that was refused; null when no more is known than what the source itself has said.
    /// </summary>
    public virtual Task<string?> HintAsync(DbConnection connection, DbException failure, CancellationToken ct) =>
        Task.FromResult<string?>(null);

    public static async Task ExecuteAsync(DbConnection connection, string statement, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A column whose type the dialect has no place for.</summary>
    public static UnwritableDataException Unsupported(
        DbDataReader reader, int ordinal, string type, Exception? cause = null) => new(
        $"Column '{reader.GetName(ordinal)}' is of type {type}, which a CSV has no place for.",
        $"Cast it in the query to a plain type, for example cast({reader.GetName(ordinal)} as varchar), or leave it "
        + "out.",
        cause);
}

/// <summary>A query that is ready to be read.</summary>
/// <param name="Relation">What stands after FROM to take totals over the same rows.</param>
/// <param name="Columns">Its columns, when they are not to be seen on the reader.</param>
/// <param name="QueryId">The source's own id of the query, when it gives one.</param>
internal sealed record PreparedQuery(string Relation, IReadOnlyList<CsvColumn>? Columns = null, string? QueryId = null)
{
    /// <summary>The query as the model has it.</summary>
    public static PreparedQuery Of(DbCommand command) => new(DerivedTable(command.CommandText));

    /// <summary>
    /// What stands after FROM to read a query's rows; the query may end with a comment, and with ORDER BY.
    /// </summary>
    public static string DerivedTable(string query) => $"({query}\n) AS fetched";
}

/// <summary>What a driver's exception means.</summary>
/// <param name="Class">What to do about it.</param>
/// <param name="Message">The cause in one line, without a value of the data.</param>
/// <param name="Hint">What to do next; null when no more is known than the class says.</param>
internal sealed record SourceFailure(FailureClass Class, string Message, string? Hint);

/// <summary>What to do about a failure.</summary>
internal enum FailureClass
{
    /// <summary>The machine's or the network's: the same request may work in a moment.</summary>
    Transient,

    /// <summary>The query's or the data's: the same request fails in the same way.</summary>
    Permanent,

    /// <summary>The connection string's, or that of what it names: the same request fails in the same way.</summary>
    Connection,

    /// <summary>The source does not let us in; trying again could lock the account.</summary>
    Credentials,
}
