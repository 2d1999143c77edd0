using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Deliveries;

namespace Benchmark.Notifier.Runs;

/// <summary>
/// Reads runs: <c>new RunStore(new RunDatabase(state, options))</c> needs no bus and creates nothing.
/// </summary>
public sealed class RunStore(RunDatabase database)
{
    private const string InReport = """
        exists (
            select 1 from delivery_models d
            where d.run_id = m.run_id and d.channel = @channel and d.team = @team and d.scope = @scope
                and d.value_stream = m.value_stream and d.model = m.model)
        """;

    /// <summary>The run with that id, or null.</summary>
    public async Task<RunSummary?> FindAsync(Guid runId, CancellationToken ct = default) =>
        await RunsAsync("where run_id = @run", report: null, ct, ("run", runId)) is [var run] ? run : null;

    /// <summary>The run whose id begins with the prefix; null when there is none.</summary>
    /// <exception cref="ArgumentException">Several ids begin with it; the message lists them.</exception>
    public async Task<RunSummary?> FindAsync(string prefix, CancellationToken ct = default)
    {
        if (prefix.Length == 0 || !prefix.All(c => char.IsAsciiHexDigit(c) || c == '-'))
            return null;
        var found = await RunsAsync(
            "where run_id like @prefix order by opened_at desc limit 3", report: null, ct,
            ("prefix", $"{prefix.ToLowerInvariant()}%"));
        return found switch
        {
            [] => null,
            [var only] => only,
            // No paramName: it would become part of the message that people see.
            _ => throw new ArgumentException(
                $"Several runs begin with '{prefix}': {string.Join(", ", found.Select(run => run.RunId))}. "
                + "Enter more of the id."),
        };
    }

    /// <summary>The newest runs, newest first.</summary>
    public Task<IReadOnlyList<RunSummary>> ListAsync(int newest, CancellationToken ct = default) =>
        RunsAsync("order by opened_at desc, run_id limit @newest", report: null, ct, ("newest", newest));

    /// <summary>How the last refresh of each model ended, of every model that any run knows.</summary>
    public async Task<IReadOnlyList<LatestRefresh>> LatestAsync(CancellationToken ct = default)
    {
        const string Latest = """
            (select run_id, recorded_at, refresh, row_number() over (
                partition by value_stream, model order by recorded_at desc, run_id desc) as age
            from refreshes where outcome is not null)
            """;
        return await EndedAsync($"from {Latest} ended join runs r on r.run_id = ended.run_id where ended.age = 1", ct);
    }

    /// <summary>How the newest refreshes of a model ended, newest first.</summary>
    public Task<IReadOnlyList<LatestRefresh>> OfModelAsync(
        ModelKey model, int newest, CancellationToken ct = default) =>
        EndedAsync(
            """
            from refreshes ended join runs r on r.run_id = ended.run_id
            where ended.value_stream = @stream and ended.model = @model and ended.outcome is not null
            order by ended.recorded_at desc, ended.run_id desc limit @newest
            """,
            ct, ("stream", model.ValueStream), ("model", model.Model), ("newest", newest));

    /// <summary>
    /// The changes of a run since an earlier call, so that following a run reads each change once.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="since"><see cref="RunChanges.Last"/> of the earlier call; 0 for the first.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <returns>Null while the run is not known.</returns>
    public async Task<RunChanges?> ChangesAsync(Guid runId, long since, CancellationToken ct = default)
    {
        await using var connection = await database.OpenToReadAsync(ct);
        if (connection is null)
            return null;
        await using var command = connection.Command(null, """
            select r.state, m.change_number, m.refresh
            from runs r left join refreshes m on m.run_id = r.run_id and m.change_number > @since
            where r.run_id = @run order by m.change_number
            """, ("run", runId), ("since", since));
        await using var row = await command.ExecuteReaderAsync(ct);
        RunState? state = null;
        List<RefreshOutcome> models = [];
        while (await row.ReadAsync(ct))
        {
            state = row.Enum<RunState>(0, RunState.Incomplete) ?? RunState.Running;
            if (row.Long(1) is not { } change)
                continue;
            since = change;
            models.Add(StoredRefresh.Read(row.GetString(2)));
        }
        return state is { } known ? new RunChanges(known, since, models) : null;
    }

    /// <summary>The deliveries of a run, sent or not.</summary>
    public Task<IReadOnlyList<Delivery>> DeliveriesAsync(Guid runId, CancellationToken ct = default) =>
        DeliveriesAsync("where run_id = @run order by channel, team, scope", ct, ("run", runId));

    /// <summary>The deliveries of any run that have failed and were not sent since, newest first.</summary>
    public Task<IReadOnlyList<Delivery>> UndeliveredAsync(int newest, CancellationToken ct = default) =>
        DeliveriesAsync(
            "where state <> 'sent' and (state = 'dead' or attempts > 0) "
            + "order by created_at desc, run_id, channel, team, scope limit @newest", ct, ("newest", newest));

    /// <summary>The run of a report, with the models that the report is about.</summary>
    internal async Task<RunSummary?> FindAsync(Delivery report, CancellationToken ct) =>
        await RunsAsync(
            "where run_id = @run", report, ct,
            ("run", report.RunId), ("channel", report.Channel), ("team", report.Team), ("scope", report.Scope))
            is [var run] ? run : null;

    private async Task<IReadOnlyList<Delivery>> DeliveriesAsync(
        string which, CancellationToken ct, params (string, object?)[] values)
    {
        await using var connection = await database.OpenToReadAsync(ct);
        if (connection is null)
            return [];
        await using var command = connection.Command(
            null, $"select {Delivery.Columns} from deliveries {which}", values);
        await using var row = await command.ExecuteReaderAsync(ct);
        var deliveries = new List<Delivery>();
        while (await row.ReadAsync(ct))
            deliveries.Add(Delivery.Read(row));
        return deliveries;
    }

    private async Task<IReadOnlyList<LatestRefresh>> EndedAsync(
        string which, CancellationToken ct, params (string, object?)[] values)
    {
        await using var connection = await database.OpenToReadAsync(ct);
        if (connection is null)
            return [];
        await using var command = connection.Command(
            null,
            "select ended.run_id, ended.recorded_at, r.run_trigger, r.requested_by, r.reason, ended.refresh " + which,
            values);
        await using var row = await command.ExecuteReaderAsync(ct);
        List<LatestRefresh> refreshes = [];
        while (await row.ReadAsync(ct))
            refreshes.Add(new LatestRefresh
            {
                RunId = Guid.Parse(row.GetString(0)),
                EndedAt = row.Time(1)!.Value,
                Trigger = row.Enum<RunTrigger>(2, unknown: null),
                RequestedBy = row.Text(3),
                Reason = row.Text(4),
                Refresh = StoredRefresh.Read(row.GetString(5)),
            });
        return refreshes;
    }

    // One statement for all runs, so that they are read at one moment.
    private async Task<IReadOnlyList<RunSummary>> RunsAsync(
        string which, Delivery? report, CancellationToken ct, params (string, object?)[] values)
    {
        await using var connection = await database.OpenToReadAsync(ct);
        if (connection is null)
            return [];
        await using var command = connection.Command(null, $"""
            select r.run_id, r.state, r.run_trigger, coalesce(r.started_at, r.opened_at), r.closed_at, r.requested_by,
                r.reason, r.close_reason, m.refresh
            from (select * from runs {which}) r
            left join refreshes m on m.run_id = r.run_id {(report is null ? "" : $"and {InReport}")}
            order by r.opened_at desc, r.run_id, m.value_stream, m.model
            """, values);
        await using var row = await command.ExecuteReaderAsync(ct);
        List<RunSummary> runs = [];
        List<RefreshOutcome> models = [];
        while (await row.ReadAsync(ct))
        {
            if (runs is [] || runs[^1].RunId != Guid.Parse(row.GetString(0)))
                runs.Add(Run(row, models = []));
            if (row.Text(8) is { } refresh)
                models.Add(StoredRefresh.Read(refresh));
        }
        return runs;
    }

    private static RunSummary Run(DbDataReader row, IReadOnlyList<RefreshOutcome> models) => new()
    {
        RunId = Guid.Parse(row.GetString(0)),
        State = row.Enum<RunState>(1, RunState.Incomplete) ?? RunState.Running,
        Trigger = row.Enum<RunTrigger>(2, unknown: null),
        StartedAt = row.Time(3)!.Value,
        ClosedAt = row.Time(4),
        RequestedBy = row.Text(5),
        Reason = row.Text(6),
        CloseReason = row.Text(7),
        Models = models,
    };
}
