using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Saga;

namespace Benchmark.Notifier.Runs;

/// <summary>The refreshes of a run, one row each.</summary>
internal sealed class RefreshRows(RunTransaction transaction)
{
    // 300 models are about 900 parameters, below the lowest limit of any SQLite build (999).
    private const int ModelsPerStatement = 300;

    // SQLite uses the index refreshes_unfinished only if the condition is exactly that of the index.
    private const string SelectUnfinished =
        "select 1 from refreshes where run_id = @run and expected = 1 and outcome is null limit 1";

    private const string Replace =
        "progress = excluded.progress, outcome = excluded.outcome, refresh = excluded.refresh, "
        + "recorded_at = excluded.recorded_at, change_number = excluded.change_number";

    private const string NextChange =
        "(select coalesce(max(change_number), 0) + 1 from refreshes where run_id = @run)";

    private bool? _anyUnfinished;

    /// <summary>Records that a run waits for these models, whatever events of them have arrived before.</summary>
    public Task ExpectAsync(
        Guid runId, IEnumerable<ModelKey> models, CancellationToken ct, Stage first = Stage.Fetch)
    {
        var expected = models.Distinct().Select(model =>
            new RefreshOutcome { ValueStream = model.ValueStream, Model = model.Model, Stage = first });
        return WriteAsync(runId, Progress.Expected, expected, recordedAt: null, "expected = 1", ct);
    }

    /// <summary>Records the state of a refresh, if it raises the progress.</summary>
    /// <returns>False when this or a later state is recorded already.</returns>
    public async Task<bool> RecordAsync(
        Guid runId, Progress progress, RefreshOutcome refresh, DateTimeOffset now, CancellationToken ct)
    {
        // Nearly every event then asks whether the run is complete, so both go in one round trip, which on PostgreSQL
        // costs as much as a statement.
        await using var command = transaction.Command($"""
            insert into refreshes (
                run_id, value_stream, model, expected, progress, outcome, refresh, recorded_at, change_number)
            values (@run, @stream, @model, 0, @progress, @outcome, @refresh, @now, {NextChange})
            on conflict (run_id, value_stream, model) do update set {Replace}
            where refreshes.progress < excluded.progress;
            {SelectUnfinished}
            """,
            ("run", runId), ("stream", refresh.ValueStream), ("model", refresh.Model), ("progress", (int)progress),
            ("outcome", refresh.Outcome?.Word()), ("refresh", StoredRefresh.Write(refresh)), ("now", now));
        await using var unfinished = await command.ExecuteReaderAsync(ct);
        _anyUnfinished = await unfinished.ReadAsync(ct);
        await unfinished.CloseAsync();
        var recorded = unfinished.RecordsAffected > 0;
        if (recorded && refresh.Outcome is not null)
            transaction.Recorded.Ended.Add(refresh);
        return recorded;
    }

    /// <summary>The outcome that a service has reported of a model; null when none has.</summary>
    public async Task<Outcome?> EndedAsync(Guid runId, ModelKey model, CancellationToken ct)
    {
        await using var command = transaction.Command("""
            select outcome from refreshes
            where run_id = @run and value_stream = @stream and model = @model and progress >= @ended
            """,
            ("run", runId), ("stream", model.ValueStream), ("model", model.Model), ("ended", (int)Progress.Ended));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? row.Enum<Outcome>(0, StoredRefresh.Unknown) : null;
    }

    /// <summary>Whether the run still waits for a model.</summary>
    public async Task<bool> AnyUnfinishedAsync(Guid runId, CancellationToken ct)
    {
        if (_anyUnfinished is { } known)
            return known;
        await using var command = transaction.Command(SelectUnfinished, ("run", runId));
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>Marks every model without an outcome as missing.</summary>
    public async Task MarkMissingAsync(Guid runId, string reason, DateTimeOffset now, CancellationToken ct)
    {
        var missing = (await AllAsync(runId, ct))
            .Where(refresh => refresh.Outcome is null)
            .Select(refresh => refresh with { Outcome = Outcome.Missing, Reason = reason }).ToList();
        await WriteAsync(runId, Progress.Missing, missing, now, Replace, ct);
        transaction.Recorded.Ended.AddRange(missing);
    }

    /// <summary>The state of each model, by value stream and name.</summary>
    public async Task<IReadOnlyList<RefreshOutcome>> AllAsync(Guid runId, CancellationToken ct)
    {
        await using var command = transaction.Command(
            "select refresh from refreshes where run_id = @run order by value_stream, model", ("run", runId));
        await using var row = await command.ExecuteReaderAsync(ct);
        var refreshes = new List<RefreshOutcome>();
        while (await row.ReadAsync(ct))
            refreshes.Add(StoredRefresh.Read(row.GetString(0)));
        return refreshes;
    }

    private async Task WriteAsync(Guid runId, Progress progress, IEnumerable<RefreshOutcome> refreshes,
        DateTimeOffset? recordedAt, string onConflict, CancellationToken ct)
    {
        _anyUnfinished = null;
        foreach (var some in refreshes.Chunk(ModelsPerStatement))
        {
            var rows = Numbered(
                some.Length, i => $"(@run, @v{i}, @m{i}, 1, @progress, @outcome, @r{i}, @now, {NextChange})");
            await using var command = transaction.Command($"""
                insert into refreshes (
                    run_id, value_stream, model, expected, progress, outcome, refresh, recorded_at, change_number)
                values {rows}
                on conflict (run_id, value_stream, model) do update set {onConflict}
                """,
                [
                    ("run", runId), ("progress", (int)progress), ("outcome", some[0].Outcome?.Word()),
                    ("now", recordedAt),
                    .. Keys([.. some.Select(refresh => refresh.Name)]),
                    .. some.Select((refresh, i) => ($"r{i}", (object?)StoredRefresh.Write(refresh))),
                ]);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static string Numbered(int count, Func<string, string> row) =>
        string.Join(", ", Enumerable.Range(0, count).Select(i => row(i.ToString(CultureInfo.InvariantCulture))));

    private static IEnumerable<(string Name, object? Value)> Keys(ModelKey[] models) =>
        [
            .. models.Select((model, i) => ($"v{i}", (object?)model.ValueStream)),
            .. models.Select((model, i) => ($"m{i}", (object?)model.Model)),
        ];
}
