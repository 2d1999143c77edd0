using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// A process is ready when the broker serves it: it takes messages, and each queue of this process has its consumer.
/// MassTransit's own check also counts the bus's reply endpoint, which is not used here: it is not told of outages and,
/// once degraded, stays degraded.
/// </summary>
internal sealed class BrokerHealth(
    IBusControl bus, ConsumedEndpoints endpoints, IConfiguration configuration, IServiceProvider services)
    : IHealthCheck, IAsyncDisposable
{
    private readonly SemaphoreSlim _using = new(1);
    private IConnection? _connection;
    private BrokerAlarm? _alarm;

    private BusTopology Topology => field ??= BusTopology.Of(services);

    // Its own queue's, or that of a message it publishes; a process that does neither has nothing to write.
    private string WrittenExchange =>
        endpoints.All.Select(endpoint => endpoint.Settings.ExchangeName)
            .Concat(services.GetServices<PublishedMessage>().Select(message => message.Exchange))
            .FirstOrDefault("");

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await ProblemAsync(cancellationToken) is { } problem
            ? HealthCheckResult.Unhealthy(problem.Reason) : HealthCheckResult.Healthy();

    /// <summary>Why the broker does not serve this process; null when it does.</summary>
    public async Task<BrokerProblem?> ProblemAsync(CancellationToken ct)
    {
        await _using.WaitAsync(ct);
        try
        {
            return await LookAsync(ct);
        }
        catch (BrokerException e)
        {
            return new BrokerProblem(e.Message, IsOfThisProcess: false);
        }
        finally
        {
            _using.Release();
        }
    }

    /// <summary>Binds again what someone may have unbound.</summary>
    /// <exception cref="BrokerException">The user may not, or the broker is away or silent.</exception>
    public async Task BindAgainAsync(CancellationToken ct)
    {
        await _using.WaitAsync(ct);
        try
        {
            await ConnectAsync(BusOptions.Broker(configuration)!, ct);
            await TopologyDeclaration.On(_connection!).BindAgainAsync(Topology, ct);
        }
        finally
        {
            _using.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _using.Dispose();
    }

    private async Task<BrokerProblem?> LookAsync(CancellationToken ct)
    {
        var broker = BusOptions.Broker(configuration)!;
        await ConnectAsync(broker, ct);
        if (await _alarm!.ProblemAsync(broker, ct) is { } alarm)
            return new BrokerProblem(alarm.Message, IsOfThisProcess: false);
        var away = bus.CheckHealth().Endpoints.Values
            .Where(endpoint => endpoint.InputAddress != bus.Address && !endpoints.IsHeld(endpoint.InputAddress)
                && endpoint.Status != BusHealthStatus.Healthy).ToList();
        if (endpoints.All.Count == 0 || away.Count == 0)
            return null;
        // What the bus has met, too, and says nowhere.
        if (await TopologyDeclaration.On(_connection!).DifferentAsync(Topology, ct) is [var different, ..])
            return new BrokerProblem(different.Message, IsOfThisProcess: true);
        var queues = string.Join(", ", away.Select(endpoint => endpoint.InputAddress.AbsolutePath.Split('/')[^1]));
        return new BrokerProblem(
            $"the broker is connected, but this process does not consume from {queues} yet.", IsOfThisProcess: true);
    }

    // The connection is kept open, so that a check costs the broker little.
    private async Task ConnectAsync(BrokerAddress broker, CancellationToken ct)
    {
        if (_connection is { IsOpen: true })
            return;
        if (_connection is { } lost)
        {
            _connection = null;
            await BrokerCall.InTimeAsync(lost, _ => lost.DisposeAsync().AsTask(), ct);
        }
        _connection = await BrokerProbe.ConnectAsync(broker, "benchmark health", ct);
        await DeclareWrittenAsync(_connection, ct);
        _alarm = new BrokerAlarm(_connection, WrittenExchange);
    }

    // As the bus does when it first writes there: on a new broker, each look would be an error in the broker's log.
    private async Task DeclareWrittenAsync(IConnection connection, CancellationToken ct)
    {
        if (WrittenExchange is not { Length: > 0 } exchange)
            return;
        try
        {
            await BrokerCall.OnChannelAsync(
                connection,
                (channel, inTime) => channel.ExchangeDeclareAsync(
                    exchange, ExchangeType.Fanout, durable: true, cancellationToken: inTime),
                ct);
        }
        catch (OperationInterruptedException)
        {
            // This user may not, and another declares it.
        }
    }
}

/// <summary>Why the broker does not serve a process.</summary>
/// <param name="Reason">The reason and what to do, for a person to read.</param>
/// <param name="IsOfThisProcess">The broker answers and takes messages: it is this process that has no queue.</param>
internal sealed record BrokerProblem(string Reason, bool IsOfThisProcess);

/// <summary>A message that a process says it publishes.</summary>
/// <param name="Exchange">Its exchange.</param>
internal sealed record PublishedMessage(string Exchange);
