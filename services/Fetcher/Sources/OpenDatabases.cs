using System.Data.Common;

namespace Benchmark.Fetcher.Sources;

/// <summary>
/// Keeps a database file open from one fetch to the next. With 200 tables in it, opening took more of a run's CPU than
/// everything else together, and a driver closes the file with its last connection.
/// </summary>
internal sealed class OpenDatabases(TimeProvider time) : IDisposable
{
    // Bridges the pause between two fetches of a run, and hardly keeps who loads the file waiting for its lock.
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(2);

    private readonly Lock _changing = new();
    private readonly Dictionary<string, Kept> _kept = [];

    /// <summary>Keeps open what a fetch has just opened, until no fetch has come for a while.</summary>
    public void Keep(SourceKind kind, DbConnection opened)
    {
        if (!kind.IsWorthKeepingOpen(opened))
            return;
        lock (_changing)
        {
            if (!_kept.TryGetValue(opened.ConnectionString, out var kept))
                _kept.Add(opened.ConnectionString, kept = Open(kind, opened.ConnectionString));
            kept.Idle.Change(s_idle, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_changing)
        {
            foreach (var connection in _kept.Keys.ToList())
                Close(connection);
        }
    }

    private Kept Open(SourceKind kind, string connectionString)
    {
        var connection = kind.Factory.CreateConnection()!;
        connection.ConnectionString = connectionString;
        connection.Open();
        var idle = time.CreateTimer(_ => CloseIdle(connectionString), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return new Kept(connection, idle);
    }

    private void CloseIdle(string connectionString)
    {
        lock (_changing)
            Close(connectionString);
    }

    private void Close(string connectionString)
    {
        if (!_kept.Remove(connectionString, out var kept))
            return;
        kept.Idle.Dispose();
        kept.Connection.Dispose();
    }

    private sealed record Kept(DbConnection Connection, ITimer Idle);
}
