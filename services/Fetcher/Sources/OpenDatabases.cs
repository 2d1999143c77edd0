using System.Data.Common;

namespace Benchmark.Fetcher.Sources;

/// <summary>
/// Keeps a database file open between fetches, because a driver closes it with its last connection. With 200 tables,
/// opening it took more of a run's CPU than everything else together.
/// </summary>
internal sealed class OpenDatabases(TimeProvider time) : IDisposable
{
    // Long enough to bridge two fetches of a run, short enough not to block whoever loads the file.
    private static readonly TimeSpan s_idleTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_endTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _changing = new();
    private readonly Dictionary<string, IdleDatabase> _open = [];
    private readonly HashSet<SourceKind> _used = [];

    /// <summary>Keeps open what a fetch has just opened, until no fetch has come for a while.</summary>
    public void KeepOpen(SourceKind kind, DbConnection opened)
    {
        lock (_changing)
            _used.Add(kind);
        if (!kind.IsWorthKeepingOpen(opened))
            return;
        lock (_changing)
        {
            if (!_open.TryGetValue(opened.ConnectionString, out var database))
                _open.Add(opened.ConnectionString, database = Open(kind, opened.ConnectionString));
            database.Idle.Change(s_idleTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_changing)
        {
            foreach (var connection in _open.Keys.ToList())
                Close(connection);
            // A server ends by itself what it is not asked to end.
            Task.WhenAll(_used.Select(kind => kind.EndSessionsAsync())).ContinueWith(
                ended => ended.Exception, TaskScheduler.Default).Wait(s_endTimeout);
        }
    }

    private IdleDatabase Open(SourceKind kind, string connectionString)
    {
        var connection = kind.Factory.CreateConnection()!;
        connection.ConnectionString = connectionString;
        connection.Open();
        var idle = time.CreateTimer(
            _ => CloseIdle(connectionString), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return new IdleDatabase(connection, idle);
    }

    private void CloseIdle(string connectionString)
    {
        lock (_changing)
            Close(connectionString);
    }

    private void Close(string connectionString)
    {
        if (!_open.Remove(connectionString, out var database))
            return;
        database.Idle.Dispose();
        database.Connection.Dispose();
    }

    private sealed record IdleDatabase(DbConnection Connection, ITimer Idle);
}
