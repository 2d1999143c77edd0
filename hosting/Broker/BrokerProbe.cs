using System.Security.Authentication;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Benchmark.Hosting.Broker;

/// <summary>Asks the broker, on a connection of its own, whether messages could be sent.</summary>
public static class BrokerProbe
{
    private const string AddressHint = "Start it, or correct RABBITMQ_URI (--broker): host, port, user, password, virtual host.";

    private const string TrustHint =
        "Name it in RABBITMQ_URI (--broker) as its certificate does; a private authority is trusted through SSL_CERT_FILE or SSL_CERT_DIR.";

    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>Refuses a broker that does not let us in or lacks a queue. Without a broker nothing is asked.</summary>
    /// <remarks>
    /// Routed somewhere is not routed everywhere: one exchange feeds several queues, and the broker objects to a message
    /// only when it reaches none of them. So each queue is asked for; that takes no permission.
    /// </remarks>
    /// <param name="configuration">Where the broker's address stands.</param>
    /// <param name="queues">The queues that must be there.</param>
    /// <param name="patience">How long to wait for queues that services may be declaring right now.</param>
    /// <param name="ct">Ends waiting.</param>
    /// <exception cref="BrokerException">The broker cannot be reached, refuses, or lacks queues; all missing ones are named.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The broker's address is none.</exception>
    public static async Task RequireAsync(
        IConfiguration configuration, IReadOnlyCollection<string> queues, TimeSpan patience, CancellationToken ct)
    {
        if (BusOptions.Broker(configuration) is not { } broker)
            return;
        var started = TimeProvider.System.GetTimestamp();
        await using var connection = await ConnectAsync(broker, "benchmark probe", ct);
        var missing = await MissingAsync(connection, queues, ct);
        while (missing.Count > 0 && TimeProvider.System.GetElapsedTime(started) < patience)
        {
            await Task.Delay(s_lookAgain, ct);
            missing = await MissingAsync(connection, missing, ct);
        }
        if (missing.Count > 0)
            throw new BrokerException(
                $"The broker at {BrokerConnection.Place(broker)} has no queue {string.Join(", ", missing)}: what is sent there would be lost.",
                "Declare all queues with: benchmark topology. Or start the services: each declares its own.");
    }

    /// <summary>The virtual host that the broker's address names; <c>/</c> when there is no address.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The broker's address is none.</exception>
    public static string VirtualHost(IConfiguration configuration) =>
        BusOptions.Broker(configuration) is { } broker ? BrokerConnection.Settings(broker, "").VirtualHost ?? "/" : "/";

    /// <summary>Opens a connection as the bus would, once.</summary>
    /// <exception cref="BrokerException">The broker does not let us in; the message says why.</exception>
    internal static async Task<IConnection> ConnectAsync(Uri broker, string name, CancellationToken ct)
    {
        var settings = BrokerConnection.Settings(broker, name);
        try
        {
            var connection = await settings.GetConnectionFactory().CreateConnectionAsync([settings.Host], name, ct);
            try
            {
                // A virtual host that is not there is told of only now.
                await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
                return connection;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException)
        {
            // The outer message says nothing; the innermost says 'connection refused' or 'ACCESS_REFUSED'.
            var cause = e.GetBaseException();
            throw new BrokerException(
                $"The broker at {BrokerConnection.Place(broker)} does not let us in: {cause.Message}",
                cause is AuthenticationException ? TrustHint : AddressHint, e);
        }
    }

    /// <summary>Whether what a passive declaration asks for is there.</summary>
    internal static async Task<bool> IsThereAsync(IConnection connection, Func<IChannel, Task> ask, CancellationToken ct)
    {
        // A channel each: the broker closes the one that asked for what is not there.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            await ask(channel);
            return true;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
        catch (OperationInterruptedException e)
        {
            throw new BrokerException($"The broker broke off: {e.ShutdownReason?.ReplyText ?? e.Message}.", AddressHint, e);
        }
    }

    private static async Task<IReadOnlyList<string>> MissingAsync(
        IConnection connection, IEnumerable<string> queues, CancellationToken ct)
    {
        var missing = new List<string>();
        foreach (var queue in queues)
        {
            if (!await IsThereAsync(connection, channel => channel.QueueDeclarePassiveAsync(queue, ct), ct))
                missing.Add(queue);
        }
        return missing;
    }
}
