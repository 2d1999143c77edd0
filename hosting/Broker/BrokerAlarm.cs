using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Whether the broker takes no messages because of a memory or disk alarm. It says so on a connection that tries to
/// publish, and on no other.
/// </summary>
internal sealed class BrokerAlarm
{
    private readonly IConnection _connection;
    private readonly string _exchange;
    private volatile TaskCompletionSource<string> _blocked = Waiting();

    /// <param name="connection">The connection.</param>
    /// <param name="exchange">One that this user may write to; another would be an error in the broker's log.</param>
    public BrokerAlarm(IConnection connection, string exchange)
    {
        _connection = connection;
        _exchange = exchange;
        connection.ConnectionBlockedAsync += Blocked;
        connection.ConnectionUnblockedAsync += Unblocked;
    }

    /// <summary>What is wrong and what to do; null when the broker takes messages.</summary>
    /// <exception cref="BrokerException">It is away or silent.</exception>
    public async Task<BrokerException?> ProblemAsync(BrokerAddress broker, CancellationToken ct)
    {
        var blocked = _blocked.Task;
        // A broker with an alarm says so and reads no further: then the attempt is not waited for.
        var attempt = blocked.IsCompleted ? blocked : TryAsync(ct);
        await Task.WhenAny(blocked, attempt);
        if (!blocked.IsCompleted)
        {
            await attempt;
            return null;
        }
        return new BrokerException(
            $"The broker at {BrokerConnection.Place(broker)} takes no messages: {await blocked}.",
            "Free memory or disk space on its machine (rabbitmqctl list_alarms tells which), or raise its limits; it "
            + "goes on by itself then.");
    }

    // Rolled back, so that no queue gets anything.
    private async Task TryAsync(CancellationToken ct)
    {
        try
        {
            await BrokerCall.OnChannelAsync(_connection, async (channel, inTime) =>
            {
                await channel.TxSelectAsync(inTime);
                await channel.BasicPublishAsync(_exchange, "", mandatory: false, ReadOnlyMemory<byte>.Empty, inTime);
                await channel.TxRollbackAsync(inTime);
            }, ct);
        }
        catch (OperationInterruptedException)
        {
            // There is no such exchange yet, or this user may not write there: the broker has read it, and answers.
        }
    }

    private Task Blocked(object sender, ConnectionBlockedEventArgs e)
    {
        _blocked.TrySetResult(e.Reason is { Length: > 0 } reason ? $"a {reason} alarm is on" : "an alarm is on");
        return Task.CompletedTask;
    }

    private Task Unblocked(object sender, AsyncEventArgs e)
    {
        _blocked = Waiting();
        return Task.CompletedTask;
    }

    private static TaskCompletionSource<string> Waiting() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
