using System.Data.Common;
using System.Net.Sockets;
using Benchmark.Contracts.Volume;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Benchmark.Notifier.Database;

/// <summary>The differences between SQLite and PostgreSQL.</summary>
internal abstract class SqlDialect
{
    /// <summary>How many runs may be updated at the same time.</summary>
    public abstract int ConcurrentRuns { get; }

    /// <summary>
    /// The suffix of a SELECT that locks a run's row until the transaction ends.
    /// </summary>
    public abstract string LockRow { get; }

    /// <summary>The statement that lets only one process create the schema at a time.</summary>
    public abstract string LockSchema { get; }

    /// <summary>The query that counts the tables of a given name.</summary>
    public abstract string CountTables { get; }

    /// <summary>Whether there is something to connect to; false before the first start.</summary>
    public abstract bool Exists { get; }

    /// <summary>Creates what must exist before the first connection.</summary>
    public abstract void Prepare();

    /// <summary>Connects.</summary>
    /// <exception cref="UnreachableDatabaseException">It does not answer, or refuses the connection.</exception>
    public async Task<DbConnection> ConnectAsync(CancellationToken ct)
    {
        try
        {
            return await OpenAsync(ct);
        }
        // The driver names at best a host, which does not tell which database it is or which setting to correct.
        catch (Exception reason) when (reason is DbException or SocketException or IOException or TimeoutException)
        {
            throw new UnreachableDatabaseException(Name, reason);
        }
    }

    public static SqlDialect Of(StateOptions state, NotifierOptions options) =>
        string.IsNullOrWhiteSpace(options.Database)
            ? new Sqlite(Path.Combine(Path.GetFullPath(state.Directory), "benchmark.db"))
            : new PostgreSql(options.Database);

    /// <summary>The database and the setting that names it, for messages; never with a password.</summary>
    protected abstract string Name { get; }

    protected abstract Task<DbConnection> OpenAsync(CancellationToken ct);

    internal sealed class Sqlite(string path) : SqlDialect
    {
        private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = path }.ToString();

        // A SQLite file has one writer at a time, so more would only wait for each other.
        public override int ConcurrentRuns => 1;

        // Transactions are BEGIN IMMEDIATE, which locks the whole file for writing.
        public override string LockRow => "";

        public override string LockSchema => "";

        public override string CountTables =>
            "select count(*) from sqlite_master where type = 'table' and name = @name";

        public override bool Exists => Posix.IsFile(path);

        protected override string Name => $"{path} (BENCHMARK_STATE, --state)";

        public override void Prepare() => Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        protected override async Task<DbConnection> OpenAsync(CancellationToken ct)
        {
            var connection = new SqliteConnection(_connection);
            await connection.OpenAsync(ct);
            // busy_timeout: another process writes for milliseconds, but the driver's own retry waits 150 ms.
            // synchronous=full: once committed, an event is gone from the queue, so it must survive a power cut.
            await connection.ExecuteAsync(
                "pragma busy_timeout=5000; pragma journal_mode=wal; pragma synchronous=full", [], ct);
            return connection;
        }
    }

    internal sealed class PostgreSql(string connection) : SqlDialect
    {
        private readonly string _connection = new NpgsqlConnectionStringBuilder(connection)
        {
            // The same few statements run for every event, so each pooled connection prepares them once.
            MaxAutoPrepare = 50,
            // A transaction leaves no state in its session, and the reset costs seven more statements per event.
            NoResetOnClose = true,
            ApplicationName = "benchmark-notifier",
        }.ToString();

        public override int ConcurrentRuns => 8;

        public override string LockRow => " for update";

        // CREATE TABLE IF NOT EXISTS fails when two sessions run it at once; the number is arbitrary.
        public override string LockSchema => "select pg_advisory_xact_lock(7204716653)";

        public override string CountTables =>
            "select count(*) from information_schema.tables where table_schema = current_schema() and table_name = "
            + "@name";

        public override bool Exists => true;

        protected override string Name
        {
            get
            {
                var parts = new NpgsqlConnectionStringBuilder(_connection);
                // Without a database name the server uses the name of the user.
                return $"{parts.Host}/{parts.Database ?? parts.Username} (BENCHMARK_DATABASE, --database)";
            }
        }

        public override void Prepare()
        {
            // The database is created by whoever administers PostgreSQL.
        }

        protected override async Task<DbConnection> OpenAsync(CancellationToken ct)
        {
            var connection = new NpgsqlConnection(_connection);
            await connection.OpenAsync(ct);
            return connection;
        }
    }
}
