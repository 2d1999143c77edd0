using System.Security.Authentication;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Benchmark.Hosting.Broker;

/// <summary>Checks, on a connection of its own, whether the broker can take messages.</summary>
public static class BrokerProbe
{
    private const string AddressHint =
        "Start it, or correct RABBITMQ_URI (--broker): host, port, user, password, virtual host.";

    private const string LoginHint =
        "Correct user, password and virtual host in RABBITMQ_URI (--broker), and restart; or give that user access to "
        + "the virtual host.";

    private const string TrustHint =
        "Name it in RABBITMQ_URI (--broker) as its certificate does; a private authority is trusted through "
        + "SSL_CERT_FILE or SSL_CERT_DIR. amqps:// needs the broker's TLS port, by default 5671.";

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Throws when the broker refuses the connection or lacks a queue. Does nothing without a broker.
    /// </summary>
    /// <remarks>
    /// An exchange feeds several queues, and the broker returns a message only when it reaches none of them, so each
    /// queue is checked. A passive declaration needs no permission.
    /// </remarks>
    /// <param name="configuration">Contains the broker's address.</param>
    /// <param name="queues">The queues that must exist.</param>
    /// <param name="wait">How long to wait for queues that services may be declaring right now.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="BrokerException">The broker cannot be reached, refuses, or lacks queues; all missing ones are
    /// named.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The broker's address is
    /// invalid.</exception>
    public static async Task RequireAsync(
        IConfiguration configuration, IReadOnlyCollection<string> queues, TimeSpan wait, CancellationToken ct)
    {
        if (BusOptions.Broker(configuration) is not { } broker)
            return;
        var started = TimeProvider.System.GetTimestamp();
        await using var connection = await ConnectAsync(broker, "benchmark probe", ct);
        var missing = await MissingAsync(connection, queues, ct);
        while (missing.Count > 0 && TimeProvider.System.GetElapsedTime(started) < wait)
        {
            await Task.Delay(s_pollInterval, ct);
            missing = await MissingAsync(connection, missing, ct);
        }
        if (missing.Count > 0)
            throw new BrokerException(
                $"The broker at {BrokerConnection.Place(broker)} has no queue {string.Join(", ", missing)}: what is "
                + "sent there would be lost.",
                "Declare all queues with: benchmark topology. Or start the services: each declares its own.");
    }

    /// <summary>Throws when the broker takes no messages because of a memory or disk alarm.</summary>
    /// <typeparam name="T">A message that this user may publish. None is.</typeparam>
    /// <exception cref="BrokerException">It does not, or cannot be reached.</exception>
    public static async Task RequireNoAlarmAsync<T>(IConfiguration configuration, CancellationToken ct)
        where T : class
    {
        if (BusOptions.Broker(configuration) is not { } broker)
            return;
        await using var connection = await ConnectAsync(broker, "benchmark probe", ct);
        if (await new BrokerAlarm(connection, ExchangeOf<T>()).ProblemAsync(broker, ct) is { } alarm)
            throw alarm;
    }

    /// <summary>The exchange that a message is published to.</summary>
    internal static string ExchangeOf<T>()
        where T : class =>
        new RabbitMqMessageNameFormatter().GetMessageName(typeof(T));

    /// <summary>The virtual host that the broker's address names; <c>/</c> when there is no address.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The broker's address is
    /// invalid.</exception>
    public static string VirtualHost(IConfiguration configuration) =>
        BusOptions.Broker(configuration) is { } broker ? BrokerConnection.Settings(broker, "").VirtualHost ?? "/" : "/";

    /// <summary>Opens a connection with the settings of the bus, without retries.</summary>
    /// <exception cref="BrokerException">The broker refuses the connection; the message says why.</exception>
    internal static async Task<IConnection> ConnectAsync(BrokerAddress broker, string name, CancellationToken ct)
    {
        var factory = (ConnectionFactory)BrokerConnection.Settings(broker, name).GetConnectionFactory();
        factory.RequestedConnectionTimeout = BrokerCall.Patience;
        factory.HandshakeContinuationTimeout = BrokerCall.Patience;
        factory.ContinuationTimeout = BrokerCall.Patience;
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(BrokerCall.Patience);
        try
        {
            return await OpenAsync(broker, factory, name, inTime.Token);
        }
        catch (Exception e)
        {
            // Whatever was thrown then, it says nothing of the broker.
            ct.ThrowIfCancellationRequested();
            throw e switch
            {
                _ when inTime.IsCancellationRequested => BrokerCall.Silent(BrokerConnection.Place(broker), e),
                BrokerUnreachableException or OperationInterruptedException => Refused(broker, e),
                _ => BrokerCall.Failed(BrokerConnection.Place(broker), e),
            };
        }
    }

    // Only the innermost exception has the reason: 'connection refused' or 'ACCESS_REFUSED'.
    private static BrokerException Refused(BrokerAddress broker, Exception e) => new(
        $"The broker at {BrokerConnection.Place(broker)} refuses the connection: "
        + $"{BrokerCall.Reason(e.GetBaseException())}.",
        Hint(e.GetBaseException()), e);

    // The client does not look at the token in every step.
    private static async Task<IConnection> OpenAsync(
        BrokerAddress broker, ConnectionFactory factory, string name, CancellationToken ct)
    {
        // All hosts, where the bus tries one at each attempt.
        var hosts = new DefaultEndpointResolver(BrokerConnection.Endpoints(broker, factory));
        var opening = factory.CreateConnectionAsync(hosts, name, ct);
        try
        {
            var connection = await opening.WaitAsync(ct);
            // The broker reports an unknown virtual host only here.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: ct).WaitAsync(ct);
            return connection;
        }
        catch
        {
            _ = AbandonAsync(opening);
            throw;
        }
    }

    private static async Task AbandonAsync(Task<IConnection> opening)
    {
        try
        {
            await using var connection = await opening;
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException
            or OperationCanceledException or TimeoutException or IOException)
        {
            // Whoever asked for it has the reason.
        }
    }

    /// <summary>Whether the queue or exchange of a passive declaration exists.</summary>
    /// <exception cref="BrokerException">The broker is away or silent, or refuses to tell.</exception>
    internal static async Task<bool> ExistsAsync(
        IConnection connection, Func<IChannel, CancellationToken, Task> ask, CancellationToken ct)
    {
        try
        {
            await BrokerCall.OnChannelAsync(connection, ask, ct);
            return true;
        }
        catch (OperationInterruptedException e) when (BrokerCall.HasCode(e, Constants.NotFound))
        {
            return false;
        }
        catch (OperationInterruptedException e)
        {
            throw new BrokerException($"The broker closed the channel: {BrokerCall.Reason(e)}.", AddressHint, e);
        }
    }

    private static string Hint(Exception cause) => cause switch
    {
        AuthenticationException => TrustHint,
        AuthenticationFailureException or OperationInterruptedException => LoginHint,
        _ => AddressHint,
    };

    private static async Task<IReadOnlyList<string>> MissingAsync(
        IConnection connection, IEnumerable<string> queues, CancellationToken ct)
    {
        var missing = new List<string>();
        foreach (var queue in queues)
        {
            if (!await ExistsAsync(
                connection, (channel, inTime) => channel.QueueDeclarePassiveAsync(queue, inTime), ct))
                missing.Add(queue);
        }
        return missing;
    }
}
