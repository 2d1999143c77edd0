using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Benchmark.Notifier.Database;

/// <summary>The little that the two databases do not have in common.</summary>
internal abstract class SqlDialect
{
    /// <summary>How many runs may be worked on at the same time.</summary>
    public abstract int ConcurrentRuns { get; }

    /// <summary>
    /// Ends a SELECT of a run's row, so that nobody else changes the run before the transaction ends.
    /// </summary>
    public abstract string LockRow { get; }

    /// <summary>Makes sure that only one process creates the schema at a time.</summary>
    public abstract string LockSchema { get; }

    /// <summary>Counts the tables of the given name.</summary>
    public abstract string CountTables { get; }

    /// <summary>Whether there is something to connect to; false before the first start.</summary>
    public abstract bool Exists { get; }

    /// <summary>Makes what must exist before the first connection.</summary>
    public abstract void Prepare();

    /// <summary>Connects.</summary>
    /// <exception cref="UnreachableDatabaseException">It does not answer, or refuses us.</exception>
    public async Task<DbConnection> ConnectAsync(CancellationToken ct)
    {
        try
        {
            return await OpenAsync(ct);
        }
        // The driver names a host at best: nobody knows from that whose database it is, or where to correct it.
        catch (Exception reason) when (reason is DbException or SocketException or IOException or TimeoutException)
        {
            throw new UnreachableDatabaseException(Name, reason);
        }
    }

    public static SqlDialect Of(StateOptions state, NotifierOptions options) =>
        string.IsNullOrWhiteSpace(options.Database)
            ? new Sqlite(Path.Combine(Path.GetFullPath(state.Directory), "benchmark.db"))
            : new PostgreSql(options.Database);

    /// <summary>Which database it is and what sets it, for people; never with a password.</summary>
    protected abstract string Name { get; }

    protected abstract Task<DbConnection> OpenAsync(CancellationToken ct);

    internal sealed class Sqlite(string path) : SqlDialect
    {
        private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = path }.ToString();

        // A SQLite file has one writer at a time: more would only wait for each other.
        public override int ConcurrentRuns => 1;

        // Transactions begin immediate, which locks the whole file for writing.
        public override string LockRow => "";

        public override string LockSchema => "";

        public override string CountTables =>
            "select count(*) from sqlite_master where type = 'table' and name = @name";

        public override bool Exists => File.Exists(path);

        protected override string Name => $"{path} (BENCHMARK_STATE, --state)";

        public override void Prepare() => Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        protected override async Task<DbConnection> OpenAsync(CancellationToken ct)
        {
            var connection = new SqliteConnection(_connection);
            await connection.OpenAsync(ct);
            // busy_timeout: another process writes for milliseconds; the driver's own pauses are of 150 ms.
            // synchronous=full: what is committed is gone from the queue, so it must survive a power cut.
            await connection.ExecuteAsync(
                "pragma busy_timeout=5000; pragma journal_mode=wal; pragma synchronous=full", [], ct);
            return connection;
        }
    }

    internal sealed class PostgreSql(string connection) : SqlDialect
    {
        private readonly string _connection = new NpgsqlConnectionStringBuilder(connection)
        {
            // The same few statements run for every event: prepared once per pooled connection.
            MaxAutoPrepare = 50,
            // A transaction leaves nothing behind in its session. The reset was seven statements more for every event.
            NoResetOnClose = true,
            ApplicationName = "benchmark-notifier",
        }.ToString();

        public override int ConcurrentRuns => 8;

        public override string LockRow => " for update";

        // CREATE TABLE IF NOT EXISTS fails when two sessions do it at once. The number only has to be ours.
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
                // Without a database's name the server takes that of the user.
                return $"{parts.Host}/{parts.Database ?? parts.Username} (BENCHMARK_DATABASE, --database)";
            }
        }

        public override void Prepare()
        {
            // The database is given by whoever runs PostgreSQL.
        }

        protected override async Task<DbConnection> OpenAsync(CancellationToken ct)
        {
            var connection = new NpgsqlConnection(_connection);
            await connection.OpenAsync(ct);
            return connection;
        }
    }
}
