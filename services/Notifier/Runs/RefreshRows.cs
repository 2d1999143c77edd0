using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Notifier.Saga;

namespace Benchmark.Notifier.Runs;

/// <summary>The refreshes of a run, a row each.</summary>
internal sealed class RefreshRows(RunTransaction transaction)
{
    // 300 models are 900 parameters: below the least limit of any SQLite build (999).
    private const int ModelsPerStatement = 300;

    // The condition is that of the index refreshes_unfinished, to the letter: so it is used.
    private const string SelectUnfinished =
        "select 1 from refreshes where run_id = @run and expected = 1 and outcome is null limit 1";

    private const string Replace =
        "progress = excluded.progress, outcome = excluded.outcome, refresh = excluded.refresh, "
        + "heard_at = excluded.heard_at, change_number = excluded.change_number";

    private const string NextChange =
        "(select coalesce(max(change_number), 0) + 1 from refreshes where run_id = @run)";

    private bool? _anyUnfinished;

    /// <summary>Notes that a run waits for these models, whatever has been heard of them before.</summary>
    public Task ExpectAsync(Guid runId, IEnumerable<ModelKey> models, CancellationToken ct)
    {
        var expected = models.Distinct().Select(model =>
            new RefreshOutcome { ValueStream = model.ValueStream, Model = model.Model, Stage = Stage.Fetch });
        return WriteAsync(runId, Progress.Expected, expected, heardAt: null, "expected = 1", ct);
    }

    /// <summary>Writes down what is known of a refresh, if it is news.</summary>
    /// <returns>False when as much, or more, was known already.</returns>
    public async Task<bool> HearAsync(
        Guid runId, Progress progress, RefreshOutcome refresh, DateTimeOffset now, CancellationToken ct)
    {
        // In one go with the question that follows nearly every event: each round trip to PostgreSQL costs as much as
        // the statement.
        await using var command = transaction.Command($"""
            insert into refreshes (
                run_id, value_stream, model, expected, progress, outcome, refresh, heard_at, change_number)
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
        var missing = (await AllAsync(runId, ct))
            .Where(refresh => refresh.Outcome is null)
            .Select(refresh => refresh with { Outcome = Outcome.Missing, Reason = reason });
        await WriteAsync(runId, Progress.Missing, missing, now, Replace, ct);
    }

    /// <summary>What is known of each model, by value stream and name.</summary>
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

    /// <summary>Remembers whose report each model is in: the registry may have changed when it is written.</summary>
    public async Task AssignAsync(Guid runId, string team, IEnumerable<ModelKey> models, CancellationToken ct)
    {
        foreach (var some in models.Chunk(ModelsPerStatement))
        {
            var keys = Numbered(some.Length, i => $"(@v{i}, @m{i})");
            await using var command = transaction.Command(
                $"update refreshes set team = @team where run_id = @run and (value_stream, model) in (values {keys})",
                [("run", runId), ("team", team), .. Keys(some)]);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task WriteAsync(Guid runId, Progress progress, IEnumerable<RefreshOutcome> refreshes,
        DateTimeOffset? heardAt, string onConflict, CancellationToken ct)
    {
        _anyUnfinished = null;
        foreach (var some in refreshes.Chunk(ModelsPerStatement))
        {
            var rows = Numbered(
                some.Length, i => $"(@run, @v{i}, @m{i}, 1, @progress, @outcome, @r{i}, @now, {NextChange})");
            await using var command = transaction.Command($"""
                insert into refreshes (
                    run_id, value_stream, model, expected, progress, outcome, refresh, heard_at, change_number)
                values {rows}
                on conflict (run_id, value_stream, model) do update set {onConflict}
                """,
                [
                    ("run", runId), ("progress", (int)progress), ("outcome", some[0].Outcome?.Word()), ("now", heardAt),
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
