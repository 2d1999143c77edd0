using System.Data.Common;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Deliveries;

namespace Benchmark.Notifier.Sweeps;

/// <summary>
/// Runs past their deadline and deliveries that are due, claimed so that no two processes work on the same.
/// </summary>
internal sealed class DueWork(RunDatabase database)
{
    private const string DeliveryIsDue =
        "state = 'pending' and next_attempt_at <= @now and (claimed_until is null or claimed_until <= @now)";

    private const string RunIsDue =
        "closed_at is null and deadline <= @now and (close_asked_until is null or close_asked_until <= @now)";

    /// <summary>The runs whose deadline has passed, claimed until <paramref name="until"/>.</summary>
    public async Task<IReadOnlyList<(Guid RunId, DateTimeOffset Deadline)>> ClaimRunsAsync(
        DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var claimed = new List<(Guid, DateTimeOffset)>();
        foreach (var (runId, deadline) in await OverdueAsync(connection, now, ct))
        {
            if (await connection.ExecuteAsync(
                $"update runs set close_asked_until = @until where run_id = @run and {RunIsDue}",
                [("until", until), ("run", runId), ("now", now)], ct) == 1)
                claimed.Add((runId, deadline));
        }
        return claimed;
    }

    /// <summary>Claims a delivery through a channel that is due; null when none is.</summary>
    public async Task<Delivery?> ClaimDeliveryAsync(
        string channel, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        foreach (var delivery in await DueAsync(connection, channel, now, ct))
        {
            if (await UpdateAsync(connection, delivery,
                "claimed_until = @until", DeliveryIsDue, [("until", until), ("now", now)], ct))
                return delivery with { ClaimedUntil = until };
        }
        return null;
    }

    /// <summary>Records where a delivery went.</summary>
    /// <returns>False when it is recorded already.</returns>
    public async Task<bool> RecordSentAsync(Delivery delivery, string wentTo, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await UpdateAsync(connection, delivery,
            "state = 'sent', sent_at = @now, went_to = @to, last_error = null, claimed_until = null",
            "state = 'pending'",
            [("now", now), ("to", wentTo)], ct);
    }

    /// <summary>Records a failed attempt, and when the next one is, or that there is none.</summary>
    /// <returns>False when the delivery has been claimed by another process since.</returns>
    public async Task<bool> RecordFailureAsync(
        Delivery delivery, string error, DateTimeOffset? next, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await UpdateAsync(connection, delivery,
            "attempts = attempts + 1, last_error = @error, next_attempt_at = @next, state = @state, claimed_until = "
            + "null",
            "claimed_until = @mine",
            [
                ("error", error), ("next", next ?? delivery.NextAttemptAt),
                ("state", next is null ? Delivery.Dead : Delivery.Pending), ("mine", delivery.ClaimedUntil),
            ], ct);
    }

    private static async Task<IReadOnlyList<(Guid, DateTimeOffset)>> OverdueAsync(
        DbConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = connection.Command(
            null, $"select run_id, deadline from runs where {RunIsDue}", ("now", now));
        await using var row = await command.ExecuteReaderAsync(ct);
        var overdue = new List<(Guid, DateTimeOffset)>();
        while (await row.ReadAsync(ct))
            overdue.Add((Guid.Parse(row.GetString(0)), row.Time(1)!.Value));
        return overdue;
    }

    private static async Task<IReadOnlyList<Delivery>> DueAsync(
        DbConnection connection, string channel, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = connection.Command(null, $"""
            select {Delivery.Columns} from deliveries
            where channel = @channel and {DeliveryIsDue}
            order by next_attempt_at limit 10
            """, ("channel", channel), ("now", now));
        await using var row = await command.ExecuteReaderAsync(ct);
        var due = new List<Delivery>();
        while (await row.ReadAsync(ct))
            due.Add(Delivery.Read(row));
        return due;
    }

    private static async Task<bool> UpdateAsync(
        DbConnection connection, Delivery delivery, string change, string condition, (string, object?)[] values,
        CancellationToken ct) =>
        await connection.ExecuteAsync(
            $"update deliveries set {change} where run_id = @run and channel = @channel and team = @team "
            + $"and scope = @scope and {condition}",
            [
                .. values, ("run", delivery.RunId), ("channel", delivery.Channel), ("team", delivery.Team),
                ("scope", delivery.Scope),
            ], ct) == 1;
}
