using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Calls on a connection that was opened, within a time limit. A broker that is away or silent is a
/// <see cref="BrokerException"/>, whatever the client throws; its refusal is left to the caller, who knows what was
/// asked.
/// </summary>
internal static class BrokerCall
{
    /// <summary>Without a limit the client waits for minutes for a broker that says nothing more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Calls on a channel of its own, because the broker closes the channel on which it refuses.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="call">The call, with a token that ends it in time.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <param name="options">Those of the channel.</param>
    /// <exception cref="BrokerException">The broker is away or silent.</exception>
    /// <exception cref="OperationInterruptedException">The broker refuses.</exception>
    public static Task OnChannelAsync(
        IConnection connection, Func<IChannel, CancellationToken, Task> call, CancellationToken ct,
        CreateChannelOptions? options = null) =>
        InTimeAsync(connection, async inTime =>
        {
            await using var channel = await connection.CreateChannelAsync(options, inTime);
            await call(channel, inTime);
        }, ct);

    /// <inheritdoc cref="OnChannelAsync"/>
    public static async Task InTimeAsync(
        IConnection connection, Func<CancellationToken, Task> call, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(Patience);
        try
        {
            await call(inTime.Token);
        }
        // The client says nowhere what it throws when a connection breaks, and it is of many kinds.
        catch (Exception e) when (!IsRefusal(e))
        {
            ct.ThrowIfCancellationRequested();
            throw Failed($"{connection.Endpoint.HostName}:{connection.Endpoint.Port}", e);
        }
    }

    /// <summary>What to say of a broker that does not answer.</summary>
    public static BrokerException Silent(string place, Exception cause) => new(
        $"The broker at {place} does not answer within {Patience.TotalSeconds:0} s.",
        "Check that it is RabbitMQ that listens there (a TLS port needs amqps://), that it is not overloaded or "
        + "suspended, and the network between.", cause);

    /// <summary>What to say of a call that ended with this exception, which is no refusal.</summary>
    public static BrokerException Failed(string place, Exception cause) =>
        cause is OperationCanceledException or TimeoutException
            ? Silent(place, cause)
            : new BrokerException(
                $"The connection to the broker at {place} broke: {Reason(cause)}.",
                "Check that it is up, its log, and the network between; then try again.", cause);

    /// <summary>
    /// The broker's own words, where the client wraps them in the protocol's; without a full stop, as those of the
    /// operating system.
    /// </summary>
    public static string Reason(Exception cause) =>
        ((cause as OperationInterruptedException)?.ShutdownReason?.ReplyText ?? cause.Message).TrimEnd('.');

    /// <summary>Whether the broker has answered with this code.</summary>
    public static bool HasCode(Exception? cause, ushort code) =>
        (cause as OperationInterruptedException)?.ShutdownReason?.ReplyCode == code;

    // It closes the channel then, and leaves the connection open.
    private static bool IsRefusal(Exception e) => e is PublishException
        || HasCode(e, Constants.AccessRefused) || HasCode(e, Constants.NotFound)
        || HasCode(e, Constants.ResourceLocked) || HasCode(e, Constants.PreconditionFailed);
}
