using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Benchmark.Hosting.Broker;

/// <summary>Declares a topology on a broker. Existing queues, exchanges and bindings stay as they are.</summary>
public sealed class TopologyDeclaration : IAsyncDisposable
{
    private const string RefusedHint =
        "Give the user of RABBITMQ_URI (--broker) permission to configure it, or let an administrator import: "
        + "benchmark topology --definitions.";

    private const string DifferentHint =
        "It exists with other properties, which a broker cannot change: when it is empty and unused, delete it and "
        + "declare it again.";

    private readonly IConnection _connection;

    private TopologyDeclaration(IConnection connection) => _connection = connection;

    /// <summary>Connects to the broker.</summary>
    /// <exception cref="BrokerException">No broker address is set, or the broker refuses the connection.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The broker's address is
    /// invalid.</exception>
    public static async Task<TopologyDeclaration> ConnectAsync(IConfiguration configuration, CancellationToken ct) =>
        BusOptions.Broker(configuration) is { } broker
            ? new TopologyDeclaration(await BrokerProbe.ConnectAsync(broker, "benchmark topology", ct))
            : throw new BrokerException(
                "No broker is named.", "Set RABBITMQ_URI (--broker) to amqp[s]://user:password@host:port/vhost.");

    /// <summary>Declares on a connection that the caller keeps.</summary>
    internal static TopologyDeclaration On(IConnection connection) => new(connection);

    /// <summary>
    /// The queues that exist with other properties than they should have. Creates nothing, and asks only where this
    /// user may configure the queue.
    /// </summary>
    public async Task<IReadOnlyList<BrokerException>> DifferentAsync(BusTopology topology, CancellationToken ct)
    {
        var different = new List<BrokerException>();
        foreach (var queue in topology.Queues)
        {
            if (!await HasAsync(queue, ct))
                continue;
            try
            {
                await DeclareAsync(queue, ct);
            }
            catch (BrokerException e) when (IsDifferent(e.InnerException))
            {
                different.Add(e);
            }
            catch (BrokerException e) when (BrokerCall.HasCode(e.InnerException, Constants.AccessRefused))
            {
                // Not for this user to know.
            }
        }
        return different;
    }

    /// <summary>
    /// Binds again what someone may have unbound: a binding that is there stays, and one of a queue or exchange that is
    /// not there yet is left out, such as those of <c>_error</c>.
    /// </summary>
    /// <exception cref="BrokerException">The user may not.</exception>
    public async Task BindAgainAsync(BusTopology topology, CancellationToken ct)
    {
        foreach (var binding in topology.Bindings)
        {
            try
            {
                await BindAsync(binding, ct);
            }
            catch (BrokerException e) when (BrokerCall.HasCode(e.InnerException, Constants.NotFound))
            {
            }
        }
    }

    /// <summary>Whether the broker has a queue of this name.</summary>
    public Task<bool> HasAsync(QueueDefinition queue, CancellationToken ct) =>
        BrokerProbe.ExistsAsync(
            _connection, (channel, inTime) => channel.QueueDeclarePassiveAsync(queue.Name, inTime), ct);

    /// <summary>Whether the broker has an exchange of this name.</summary>
    public Task<bool> HasAsync(ExchangeDefinition exchange, CancellationToken ct) =>
        BrokerProbe.ExistsAsync(
            _connection, (channel, inTime) => channel.ExchangeDeclarePassiveAsync(exchange.Name, inTime), ct);

    /// <summary>Declares what is missing; what is there must have the same properties.</summary>
    /// <exception cref="BrokerException">The user may not, or something is there with other properties.</exception>
    public async Task DeclareAsync(BusTopology topology, CancellationToken ct)
    {
        foreach (var queue in topology.Queues)
            await DeclareAsync(queue, ct);
        foreach (var exchange in topology.Exchanges)
            await AskAsync($"exchange {exchange.Name}", (channel, inTime) => channel.ExchangeDeclareAsync(
                exchange.Name, exchange.Type, exchange.Durable, exchange.AutoDelete, Arguments(exchange.Arguments),
                cancellationToken: inTime), ct);
        foreach (var binding in topology.Bindings)
            await BindAsync(binding, ct);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task DeclareAsync(QueueDefinition queue, CancellationToken ct) =>
        AskAsync($"queue {queue.Name}", (channel, inTime) => channel.QueueDeclareAsync(
            queue.Name, queue.Durable, exclusive: false, queue.AutoDelete, Arguments(queue.Arguments),
            cancellationToken: inTime), ct);

    private Task BindAsync(BindingDefinition binding, CancellationToken ct) => AskAsync(
        $"binding {binding.Source} -> {binding.Destination}",
        (channel, inTime) => BindAsync(channel, binding, inTime), ct);

    private static bool IsDifferent(Exception? refusal) =>
        BrokerCall.HasCode(refusal, Constants.PreconditionFailed);

    private static Task BindAsync(IChannel channel, BindingDefinition binding, CancellationToken ct) =>
        binding.DestinationType == BindingDefinition.ToQueue
            ? channel.QueueBindAsync(
                binding.Destination, binding.Source, binding.RoutingKey, Arguments(binding.Arguments),
                cancellationToken: ct)
            : channel.ExchangeBindAsync(
                binding.Destination, binding.Source, binding.RoutingKey, Arguments(binding.Arguments),
                cancellationToken: ct);

    private static Dictionary<string, object?> Arguments(IReadOnlyDictionary<string, object> arguments) =>
        arguments.ToDictionary(argument => argument.Key, argument => (object?)argument.Value);

    private async Task AskAsync(string what, Func<IChannel, CancellationToken, Task> ask, CancellationToken ct)
    {
        try
        {
            await BrokerCall.OnChannelAsync(_connection, ask, ct);
        }
        catch (OperationInterruptedException e)
        {
            throw new BrokerException(
                $"The broker refuses {what}: {BrokerCall.Reason(e)}.",
                IsDifferent(e) ? DifferentHint : RefusedHint, e);
        }
    }
}
