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
        IChannel? taking = null;
        await BrokerCall.InTimeAsync(
            connection, async inTime => taking = await connection.CreateChannelAsync(cancellationToken: inTime), ct);
        return new ErrorQueues(connection, taking!);
    }

    /// <summary>Takes what waits in the error queue of a queue, oldest first.</summary>
    /// <param name="queue">The queue that the messages could not be consumed from.</param>
    /// <param name="most">No more than so many.</param>
    /// <param name="ct">Cancels the look.</param>
    /// <exception cref="BrokerException">This user may not, or the broker is away or silent.</exception>
    public async Task<TakenMessages> TakeAsync(string queue, int most, CancellationToken ct)
    {
        var errors = queue + Suffix;
        var waiting = 0L;
        var taken = new List<SetAside>();
        var exists = await BrokerProbe.ExistsAsync(
            _connection,
            async (channel, inTime) =>
                waiting = (await channel.QueueDeclarePassiveAsync(errors, inTime)).MessageCount,
            ct);
        while (exists && taken.Count < most && await TakeNextAsync(errors, ct) is { } message)
            taken.Add(new SetAside(
                queue, message.DeliveryTag, new BasicProperties(message.BasicProperties), message.Body.ToArray()));
        return new TakenMessages(errors, taken, Math.Max(waiting, taken.Count));
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
            await BrokerCall.OnChannelAsync(
                _connection,
                // 1. To the exchange of the queue, of the same name; returns when the broker has the message.
                async (channel, inTime) => await channel.BasicPublishAsync(
                    message.Queue, "", mandatory: true, properties, message.Body, inTime),
                ct,
                new CreateChannelOptions(
                    publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        }
        catch (PublishException e)
        {
            throw new BrokerException(
                $"The broker did not take the message for {message.Queue}; it still waits in {message.Queue}{Suffix}.",
                "Declare all queues with: benchmark topology.", e);
        }
        catch (OperationInterruptedException e)
        {
            throw Refused($"write to {message.Queue}", e);
        }
        // 2. Only now.
        await RemoveAsync(message, ct);
    }

    /// <summary>
    /// Removes a message from its error queue, for good once <see cref="FinishAsync"/> has returned.
    /// </summary>
    /// <exception cref="BrokerException">The broker is away or silent; it still waits.</exception>
    public Task RemoveAsync(SetAside message, CancellationToken ct) => BrokerCall.InTimeAsync(
        _connection, async inTime => await _taking.BasicAckAsync(message.Tag, multiple: false, inTime), ct);

    /// <summary>Waits until the broker knows what is removed, and puts the rest back.</summary>
    /// <exception cref="BrokerException">The broker is away or silent; some may still wait.</exception>
    public Task FinishAsync(CancellationToken ct) => BrokerCall.InTimeAsync(
        _connection,
        async inTime =>
        {
            await _taking.CloseAsync(inTime);
            // With its connection a channel closes, too, and without a word.
            if (_connection.CloseReason is { } lost)
                throw new AlreadyClosedException(lost);
        },
        ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await BrokerCall.InTimeAsync(
        _connection,
        async _ =>
        {
            await _taking.DisposeAsync();
            await _connection.DisposeAsync();
        },
        CancellationToken.None);

    private async Task<BasicGetResult?> TakeNextAsync(string errors, CancellationToken ct)
    {
        try
        {
            BasicGetResult? message = null;
            await BrokerCall.InTimeAsync(
                _connection, async inTime => message = await _taking.BasicGetAsync(errors, autoAck: false, inTime), ct);
            return message;
        }
        catch (OperationInterruptedException e)
        {
            throw Refused($"read {errors}", e);
        }
    }

    private static BrokerException Refused(string what, OperationInterruptedException e) =>
        BrokerCall.HasCode(e, Constants.AccessRefused)
            ? new BrokerException($"This user may not {what}: {BrokerCall.Reason(e)}.", Hint, e)
            : new BrokerException(
                $"The broker refuses to {what}: {BrokerCall.Reason(e)}.",
                "Declare all queues with: benchmark topology.", e);
}

/// <summary>What was taken from an error queue.</summary>
/// <param name="Queue">The error queue.</param>
/// <param name="Messages">The oldest, as many as were wanted.</param>
/// <param name="Waiting">How many there were.</param>
public sealed record TakenMessages(string Queue, IReadOnlyList<SetAside> Messages, long Waiting);

/// <summary>A message in an error queue.</summary>
/// <param name="Queue">The queue that it could not be consumed from.</param>
/// <param name="Tag">What the broker calls this delivery.</param>
/// <param name="Properties">Its properties, with the reason in headers <c>MT-Fault-…</c>.</param>
/// <param name="Body">As it was sent.</param>
public sealed record SetAside(string Queue, ulong Tag, BasicProperties Properties, byte[] Body);
