using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Notifier.Saga;

namespace Benchmark.Notifier.Deliveries;

/// <summary>The reports of a run, one row each: recorded when the run closes, sent later.</summary>
internal sealed class DeliveryRows(RunTransaction transaction)
{
    // 300 models are about 600 parameters, below the lowest limit of any SQLite build (999).
    private const int ModelsPerStatement = 300;

    public Task AddAsync(
        Guid runId, Audience audience, string messageId, DateTimeOffset now, CancellationToken ct) =>
        AddAsync(runId, audience, messageId, now, "nothing", ct);

    /// <summary>Adds a report, or has one that was sent already sent again, with these models, too.</summary>
    public Task AddAgainAsync(
        Guid runId, Audience audience, string messageId, DateTimeOffset now, CancellationToken ct) =>
        AddAsync(
            runId, audience, messageId, now,
            "update set state = 'pending', message_id = @message, attempts = 0, created_at = @now, "
            + "next_attempt_at = @now, claimed_until = null", ct);

    private async Task AddAsync(
        Guid runId, Audience audience, string messageId, DateTimeOffset now, string onConflict, CancellationToken ct)
    {
        await using var command = transaction.Command($"""
            insert into deliveries (
                run_id, channel, team, scope, state, message_id, attempts, created_at, next_attempt_at)
            values (@run, @channel, @team, @scope, 'pending', @message, 0, @now, @now)
            on conflict (run_id, channel, team, scope) do {onConflict}
            """, [.. Keys(runId, audience), ("message", messageId), ("now", now)]);
        await command.ExecuteNonQueryAsync(ct);
        // The models are recorded, because the registry may change before the report is written.
        foreach (var some in audience.Models.Chunk(ModelsPerStatement))
            await AddModelsAsync(runId, audience, some, ct);
    }

    private async Task AddModelsAsync(Guid runId, Audience audience, ModelKey[] models, CancellationToken ct)
    {
        var rows = string.Join(", ", models.Select((_, i) =>
            string.Create(CultureInfo.InvariantCulture, $"(@run, @channel, @team, @scope, @v{i}, @m{i})")));
        await using var command = transaction.Command($"""
            insert into delivery_models (run_id, channel, team, scope, value_stream, model)
            values {rows}
            on conflict (run_id, channel, team, scope, value_stream, model) do nothing
            """,
            [
                .. Keys(runId, audience),
                .. models.Select((model, i) => ($"v{i}", (object?)model.ValueStream)),
                .. models.Select((model, i) => ($"m{i}", (object?)model.Model)),
            ]);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static (string, object?)[] Keys(Guid runId, Audience audience) =>
        [("run", runId), ("channel", audience.Channel), ("team", audience.Team), ("scope", audience.Scope)];
}
