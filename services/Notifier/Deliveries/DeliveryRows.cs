using Benchmark.Notifier.Saga;

namespace Benchmark.Notifier.Deliveries;

/// <summary>The reports of a run, one row each: recorded when the run closes, sent later.</summary>
internal sealed class DeliveryRows(RunTransaction transaction)
{
    public async Task AddAsync(
        Guid runId, string team, string channel, string messageId, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = transaction.Command("""
            insert into deliveries (run_id, team, channel, state, message_id, attempts, created_at, next_attempt_at)
            values (@run, @team, @channel, 'pending', @message, 0, @now, @now)
            on conflict (run_id, team, channel) do nothing
            """, ("run", runId), ("team", team), ("channel", channel), ("message", messageId), ("now", now));
        await command.ExecuteNonQueryAsync(ct);
    }
}
