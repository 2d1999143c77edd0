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
    // No queue: what is sent there is dropped.
    private const string Nowhere = "benchmark-probe-of-alarms";

    private readonly IConnection _connection;
    private volatile TaskCompletionSource<string> _blocked = Waiting();

    public BrokerAlarm(IConnection connection)
    {
        _connection = connection;
        connection.ConnectionBlockedAsync += Blocked;
        connection.ConnectionUnblockedAsync += Unblocked;
    }

    /// <summary>What is wrong and what to do; null when the broker takes messages.</summary>
    public async Task<BrokerException?> ProblemAsync(BrokerAddress broker, CancellationToken ct)
    {
        var blocked = _blocked.Task;
        if (!blocked.IsCompleted)
            await Task.WhenAny(blocked, TryAsync(ct));
        if (!blocked.IsCompleted)
            return null;
        return new BrokerException(
            $"The broker at {BrokerConnection.Place(broker)} takes no messages: {await blocked}.",
            "Free memory or disk space on its machine (rabbitmqctl list_alarms tells which), or raise its limits; it "
            + "goes on by itself then.");
    }

    // What follows a publish is answered only by a broker that has taken it. It is refused to a user who may not write
    // there, which is as good an answer.
    private async Task TryAsync(CancellationToken ct)
    {
        try
        {
            await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct);
            await channel.BasicPublishAsync("", Nowhere, mandatory: false, ReadOnlyMemory<byte>.Empty, ct);
            await using var next = await _connection.CreateChannelAsync(cancellationToken: ct);
        }
        catch (Exception e) when (e is OperationInterruptedException or OperationCanceledException or TimeoutException)
        {
            // Refused, or interrupted because the broker is blocked: then the event tells.
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
