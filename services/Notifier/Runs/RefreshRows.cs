using System.Globalization;
using System.Text;
using Benchmark.Contracts;
using Benchmark.Notifier.Saga;

namespace Benchmark.Notifier.Runs;

/// <summary>The refreshes of a run, a row each.</summary>
internal sealed class RefreshRows(RunTransaction transaction)
{
    // 300 models are 600 parameters: below the least limit of any SQLite build (999).
    private const int ModelsPerStatement = 300;

    // The condition is that of the index refreshes_unfinished, to the letter: so it is used.
    private const string SelectUnfinished =
        "select 1 from refreshes where run_id = @run and expected = 1 and outcome is null limit 1";

    private bool? _anyUnfinished;

    /// <summary>Notes that a run waits for these models, whatever has been heard of them before.</summary>
    public async Task ExpectAsync(Guid runId, IEnumerable<ModelKey> models, CancellationToken ct)
    {
        _anyUnfinished = null;
        foreach (var some in models.Distinct().Chunk(ModelsPerStatement))
        {
            var rows = Numbered(some.Length, i => $"(@run, @v{i}, @m{i}, 1, 0, 'fetch')");
            await using var command = transaction.Command($"""
                insert into refreshes (run_id, value_stream, model, expected, progress, stage) values {rows}
                on conflict (run_id, value_stream, model) do update set expected = 1
                """, Values(some, ("run", runId)));
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Writes news down if it is news.</summary>
    /// <returns>False when as much, or more, was known already.</returns>
    public async Task<bool> HearAsync(Guid runId, RefreshNews news, DateTimeOffset now, CancellationToken ct)
    {
        // In one go with the question that follows nearly every event: each round trip to PostgreSQL costs as much as
        // the statement.
        await using var command = transaction.Command($"""
            insert into refreshes (run_id, value_stream, model, expected, progress, stage, outcome, version, row_count,
                byte_count, warnings, reason, hint, drift_column, drift_psi, drift_band, heard_at)
            values (@run, @stream, @model, 0, @progress, @stage, @outcome, @version, @rows,
                @bytes, @warnings, @reason, @hint, @column, @psi, @band, @now)
            on conflict (run_id, value_stream, model) do update set
                progress = excluded.progress, stage = excluded.stage, outcome = excluded.outcome, version = excluded.version,
                row_count = coalesce(excluded.row_count, refreshes.row_count),
                byte_count = coalesce(excluded.byte_count, refreshes.byte_count),
                warnings = excluded.warnings, reason = excluded.reason, hint = excluded.hint,
                drift_column = excluded.drift_column, drift_psi = excluded.drift_psi, drift_band = excluded.drift_band,
                heard_at = excluded.heard_at
            where refreshes.progress < excluded.progress;
            {SelectUnfinished}
            """,
            ("run", runId), ("stream", news.Model.ValueStream), ("model", news.Model.Model),
            ("progress", (int)news.Progress), ("stage", news.Stage.Word()),
            ("outcome", news.Outcome is { } outcome ? outcome.Word() : null), ("version", news.Version),
            ("rows", news.Rows), ("bytes", news.Bytes), ("warnings", news.Warnings),
            ("reason", news.Reason), ("hint", news.Hint),
            ("column", news.WorstDrift?.Column), ("psi", news.WorstDrift?.Psi), ("band", news.WorstDrift?.Band), ("now", now));
        await using var unfinished = await command.ExecuteReaderAsync(ct);
        _anyUnfinished = await unfinished.ReadAsync(ct);
        await unfinished.CloseAsync();
        return unfinished.RecordsAffected > 0;
    }

    /// <summary>Whether the run still waits for a model.</summary>
    public async Task<bool> AnyUnfinishedAsync(Guid runId, CancellationToken ct)
    {
        if (_anyUnfinished is { } known)
            return known;
        await using var command = transaction.Command(SelectUnfinished, ("run", runId));
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>Gives up on every model that has no outcome.</summary>
    public async Task MarkMissingAsync(Guid runId, string reason, DateTimeOffset now, CancellationToken ct)
    {
        _anyUnfinished = null;
        await using var command = transaction.Command("""
            update refreshes set progress = @progress, outcome = 'missing', reason = @reason, heard_at = @now
            where run_id = @run and outcome is null
            """, ("progress", (int)Progress.Missing), ("reason", reason), ("now", now), ("run", runId));
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<IReadOnlyList<ModelKey>> ModelsAsync(Guid runId, CancellationToken ct)
    {
        await using var command = transaction.Command(
            "select value_stream, model from refreshes where run_id = @run order by value_stream, model", ("run", runId));
        await using var row = await command.ExecuteReaderAsync(ct);
        var models = new List<ModelKey>();
        while (await row.ReadAsync(ct))
            models.Add(new ModelKey { ValueStream = row.GetString(0), Model = row.GetString(1) });
        return models;
    }

    /// <summary>What is known of each model, by value stream and name.</summary>
    public async Task<IReadOnlyList<ModelSummary>> SummariesAsync(Guid runId, CancellationToken ct)
    {
        await using var command = transaction.Command(
            $"select {RunStore.ModelColumns} from refreshes where run_id = @run order by value_stream, model", ("run", runId));
        await using var row = await command.ExecuteReaderAsync(ct);
        var models = new List<ModelSummary>();
        while (await row.ReadAsync(ct))
            models.Add(RunStore.Model(row));
        return models;
    }

    /// <summary>Remembers whose report each model is in: the registry may have changed when it is written.</summary>
    public async Task AssignAsync(Guid runId, string team, IEnumerable<ModelKey> models, CancellationToken ct)
    {
        foreach (var some in models.Chunk(ModelsPerStatement))
        {
            var keys = Numbered(some.Length, i => $"(@v{i}, @m{i})");
            await using var command = transaction.Command(
                $"update refreshes set team = @team where run_id = @run and (value_stream, model) in (values {keys})",
                Values(some, ("run", runId), ("team", team)));
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static string Numbered(int count, Func<string, string> row) =>
        Enumerable.Range(0, count)
            .Select(i => row(i.ToString(CultureInfo.InvariantCulture)))
            .Aggregate(new StringBuilder(), (text, next) => text.Append(text.Length == 0 ? "" : ", ").Append(next))
            .ToString();

    private static (string, object?)[] Values(ModelKey[] models, params (string, object?)[] others) =>
        [
            .. others,
            .. models.Select((model, i) => ($"v{i}", (object?)model.ValueStream)),
            .. models.Select((model, i) => ($"m{i}", (object?)model.Model)),
        ];
}
