using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// The messages that wait in <c>_error</c> queues. They are taken without an acknowledgement, and go back to their
/// places when this is disposed of or the process dies: what is looked at is never lost. One that is sent again is
/// acknowledged only when the broker has confirmed it in its queue, so that a death in between makes two of it.
/// </summary>
public sealed class ErrorQueues : IAsyncDisposable
{
    private const string Suffix = "_error";
    private const string FaultHeaders = "MT-Fault-";

    private const string Hint = "Give the user of RABBITMQ_URI (--broker) the permissions of 'operator' in "
        + "deploy/rabbitmq/permissions.json.";

    private readonly IConnection _connection;
    private readonly IChannel _taking;

    private ErrorQueues(IConnection connection, IChannel taking) => (_connection, _taking) = (connection, taking);

    /// <summary>Connects to the broker.</summary>
    /// <exception cref="BrokerException">No broker is named, or it refuses the connection.</exception>
    public static async Task<ErrorQueues> ConnectAsync(IConfiguration configuration, CancellationToken ct)
    {
        var broker = BusOptions.Broker(configuration) ?? throw new BrokerException(
            "No broker is named.", "Set RABBITMQ_URI (--broker) to amqp[s]://user:password@host:port/vhost.");
        var connection = await BrokerProbe.ConnectAsync(broker, "benchmark errors", ct);
        return new ErrorQueues(connection, await connection.CreateChannelAsync(cancellationToken: ct));
    }

    /// <summary>Takes what waits in the error queue of a queue, oldest first.</summary>
    /// <param name="queue">The queue that the messages could not be consumed from.</param>
    /// <param name="most">No more than so many.</param>
    /// <param name="ct">Cancels the look.</param>
    /// <exception cref="BrokerException">This user may not.</exception>
    public async Task<IReadOnlyList<SetAside>> TakeAsync(string queue, int most, CancellationToken ct)
    {
        var errors = queue + Suffix;
        if (!await BrokerProbe.ExistsAsync(_connection, channel => channel.QueueDeclarePassiveAsync(errors, ct), ct))
            return [];
        var taken = new List<SetAside>();
        try
        {
            while (taken.Count < most && await _taking.BasicGetAsync(errors, autoAck: false, ct) is { } message)
                taken.Add(new SetAside(
                    queue, message.DeliveryTag, new BasicProperties(message.BasicProperties), message.Body.ToArray()));
        }
        catch (OperationInterruptedException e)
        {
            throw Refused($"may not read {errors}", e);
        }
        return taken;
    }

    /// <summary>Sends a message to its queue again, then removes it from the error queue.</summary>
    /// <exception cref="BrokerException">The broker did not take it; it still waits.</exception>
    public async Task SendAgainAsync(SetAside message, CancellationToken ct)
    {
        var properties = new BasicProperties(message.Properties)
        {
            // Its next failure has reasons of its own.
            Headers = message.Properties.Headers?
                .Where(header => !header.Key.StartsWith(FaultHeaders, StringComparison.Ordinal)).ToDictionary(),
            Persistent = true,
        };
        try
        {
            await using var channel = await _connection.CreateChannelAsync(
                new CreateChannelOptions(
                    publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
            // 1. To the exchange of the queue, of the same name; returns when the broker has the message.
            await channel.BasicPublishAsync(message.Queue, "", mandatory: true, properties, message.Body, ct);
        }
        catch (PublishException e)
        {
            throw new BrokerException(
                $"The broker did not take the message for {message.Queue}; it still waits in {message.Queue}{Suffix}.",
                "Declare all queues with: benchmark topology.", e);
        }
        catch (OperationInterruptedException e)
        {
            throw Refused($"may not write to {message.Queue}", e);
        }
        // 2. Only now.
        await RemoveAsync(message, ct);
    }

    /// <summary>Removes a message from its error queue, for good.</summary>
    public async Task RemoveAsync(SetAside message, CancellationToken ct) =>
        await _taking.BasicAckAsync(message.Tag, multiple: false, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Closed and not merely dropped: an acknowledgement may still be on its way.
        await _taking.CloseAsync();
        await _taking.DisposeAsync();
        await _connection.CloseAsync();
        await _connection.DisposeAsync();
    }

    private static BrokerException Refused(string what, OperationInterruptedException e) => new(
        $"This user {what}: {e.ShutdownReason?.ReplyText ?? e.Message}.", Hint, e);
}

/// <summary>A message in an error queue.</summary>
/// <param name="Queue">The queue that it could not be consumed from.</param>
/// <param name="Tag">What the broker calls this delivery.</param>
/// <param name="Properties">Its properties, with the reason in headers <c>MT-Fault-…</c>.</param>
/// <param name="Body">As it was sent.</param>
public sealed record SetAside(string Queue, ulong Tag, BasicProperties Properties, byte[] Body);
