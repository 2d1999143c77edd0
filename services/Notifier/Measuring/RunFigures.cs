using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Deliveries;

namespace Benchmark.Notifier.Measuring;

/// <summary>What the gauges need from the run database.</summary>
internal sealed record RunFigures
{
    // Deadlines of open runs are few, and whether one has passed depends on when it is asked.
    private const string OpenRuns =
        "select coalesce(started_at, opened_at), deadline from runs where closed_at is null";

    private const string PendingDeliveries =
        "select channel, count(*) from deliveries where state = 'pending' group by channel";

    private const string AttemptedModels = """
        select distinct m.value_stream, m.model from refreshes m join runs r on r.run_id = m.run_id
        where m.expected = 1 and r.closed_at is not null
        """;

    public IReadOnlyList<(DateTimeOffset Started, DateTimeOffset Deadline)> Open { get; init; } = [];

    /// <summary>Deliveries that wait, by channel; of each channel there is, also when none waits.</summary>
    public required IReadOnlyDictionary<string, long> Pending { get; init; }

    /// <summary>The models of closed runs: whether it came to anything or not.</summary>
    public IReadOnlySet<ModelKey> Attempted { get; init; } = new HashSet<ModelKey>();

    /// <param name="database">The run database.</param>
    /// <param name="withAttempted">Whether <see cref="Attempted"/> is read, which looks at every run.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public static async Task<RunFigures> ReadAsync(RunDatabase database, bool withAttempted, CancellationToken ct)
    {
        var pending = Delivery.Channels.ToDictionary(channel => channel, _ => 0L);
        // Not to read only: a file that is gone would then pass for one without runs.
        await using var connection = await database.OpenAsync(ct);
        foreach (var (channel, count) in await RowsAsync(
            connection, PendingDeliveries, row => (row.GetString(0), row.GetInt64(1)), ct))
            pending[channel] = count;
        return new RunFigures
        {
            Open = await RowsAsync(connection, OpenRuns, row => (row.Time(0)!.Value, row.Time(1)!.Value), ct),
            Pending = pending,
            Attempted = !withAttempted ? new HashSet<ModelKey>() : (await RowsAsync(
                connection, AttemptedModels,
                row => new ModelKey { ValueStream = row.GetString(0), Model = row.GetString(1) }, ct)).ToHashSet(),
        };
    }

    private static async Task<List<T>> RowsAsync<T>(
        DbConnection connection, string text, Func<DbDataReader, T> read, CancellationToken ct)
    {
        await using var command = connection.Command(null, text);
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await row.ReadAsync(ct))
            rows.Add(read(row));
        return rows;
    }
}
