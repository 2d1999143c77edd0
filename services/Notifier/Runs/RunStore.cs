using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Deliveries;

namespace Benchmark.Notifier.Runs;

/// <summary>
/// What happened, for those who only read: <c>new RunStore(new RunDatabase(state, options))</c> needs no bus and
/// creates nothing.
/// </summary>
public sealed class RunStore(RunDatabase database)
{
    private const string SelectRuns =
        "select run_id, state, run_trigger, coalesce(started_at, opened_at), closed_at, requested_by, reason from runs";

    /// <summary>The run of that id, or null.</summary>
    public Task<RunSummary?> FindAsync(Guid runId, CancellationToken ct = default) => FindAsync(runId, team: null, ct);

    /// <summary>The run whose id begins so, in the form people see it in; null when there is none.</summary>
    /// <exception cref="ArgumentException">Several begin so; the message names them.</exception>
    public async Task<RunSummary?> FindAsync(string prefix, CancellationToken ct = default)
    {
        if (prefix.Length == 0 || !prefix.All(c => char.IsAsciiHexDigit(c) || c == '-'))
            return null;
        await using var connection = await database.OpenToReadAsync(ct);
        if (connection is null)
            return null;
        var found = await RunsAsync(
            connection, "where run_id like @prefix order by opened_at desc limit 3",
            [("prefix", $"{prefix.ToLowerInvariant()}%")], ct);
        return found switch
        {
            [] => null,
            [var only] => await WithModelsAsync(connection, only, null, ct),
            // Without the parameter's name, which would stand in the message that people see.
            _ => throw new ArgumentException(
                $"Several runs begin with '{prefix}': {string.Join(", ", found.Select(run => run.RunId))}. "
                + "Give more of the id."),
        };
    }

    /// <summary>The newest runs, newest first.</summary>
    public async Task<IReadOnlyList<RunSummary>> ListAsync(int newest, CancellationToken ct = default)
    {
        await using var connection = await database.OpenToReadAsync(ct);
        if (connection is null)
            return [];
        var runs = new List<RunSummary>();
        var headers = await RunsAsync(
            connection, "order by opened_at desc, run_id limit @newest", [("newest", newest)], ct);
        foreach (var run in headers)
            runs.Add(await WithModelsAsync(connection, run, null, ct));
        return runs;
    }

    /// <summary>The reports that a run owes or has sent: to whom, in which state, and where they went.</summary>
    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync(Guid runId, CancellationToken ct = default)
    {
        await using var connection = await database.OpenToReadAsync(ct);
        if (connection is null)
            return [];
        await using var command = connection.Command(
            null, $"select {Delivery.Columns} from deliveries where run_id = @run order by team, channel",
            ("run", runId));
        await using var row = await command.ExecuteReaderAsync(ct);
        var deliveries = new List<Delivery>();
        while (await row.ReadAsync(ct))
            deliveries.Add(Delivery.Read(row));
        return deliveries;
    }

    /// <summary>The run, with the models of one team only.</summary>
    internal async Task<RunSummary?> FindAsync(Guid runId, string? team, CancellationToken ct)
    {
        await using var connection = await database.OpenToReadAsync(ct);
        if (connection is null)
            return null;
        return await RunsAsync(connection, "where run_id = @run", [("run", runId)], ct) is [var run]
            ? await WithModelsAsync(connection, run, team, ct)
            : null;
    }

    private static async Task<IReadOnlyList<RunSummary>> RunsAsync(
        DbConnection connection, string which, (string, object?)[] values, CancellationToken ct)
    {
        await using var command = connection.Command(null, $"{SelectRuns} {which}", values);
        await using var row = await command.ExecuteReaderAsync(ct);
        var runs = new List<RunSummary>();
        while (await row.ReadAsync(ct))
            runs.Add(new RunSummary
            {
                RunId = Guid.Parse(row.GetString(0)),
                State = row.Enum<RunState>(1) ?? RunState.Running,
                Trigger = row.Enum<RunTrigger>(2),
                StartedAt = row.Time(3)!.Value,
                ClosedAt = row.Time(4),
                RequestedBy = row.Text(5),
                Reason = row.Text(6),
                Models = [],
            });
        return runs;
    }

    private static async Task<RunSummary> WithModelsAsync(
        DbConnection connection, RunSummary run, string? team, CancellationToken ct)
    {
        await using var command = connection.Command(null, $"""
            select refresh from refreshes where run_id = @run {(team is null ? "" : "and team = @team")}
            order by value_stream, model
            """, team is null ? [("run", run.RunId)] : [("run", run.RunId), ("team", team)]);
        await using var row = await command.ExecuteReaderAsync(ct);
        var models = new List<RefreshOutcome>();
        while (await row.ReadAsync(ct))
            models.Add(StoredRefresh.Read(row.GetString(0)));
        return run with { Models = models };
    }
}
