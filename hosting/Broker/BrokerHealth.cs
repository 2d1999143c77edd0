using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

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
    private readonly SemaphoreSlim _connecting = new(1);
    private IConnection? _connection;
    private BrokerAlarm? _alarm;

    /// <summary>This process's queues, exchanges and bindings.</summary>
    public BusTopology Topology => field ??= BusTopology.Of(services);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            return await ProblemAsync(cancellationToken) is { } problem
                ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy();
        }
        catch (BrokerException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
        finally
        {
            _connecting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connecting.Dispose();
    }

    private async Task<string?> ProblemAsync(CancellationToken ct)
    {
        var broker = BusOptions.Broker(configuration)!;
        await ConnectAsync(broker, ct);
        if (await _alarm!.ProblemAsync(broker, ct) is { } alarm)
            return alarm.Message;
        var away = bus.CheckHealth().Endpoints.Values
            .Where(endpoint => endpoint.InputAddress != bus.Address
                && endpoint.Status != BusHealthStatus.Healthy).ToList();
        if (endpoints.All.Count == 0 || away.Count == 0)
            return null;
        // What the bus has met, too, and says nowhere.
        if (await TopologyDeclaration.On(_connection!).DifferentAsync(Topology, ct) is [var different, ..])
            return different.Message;
        var queues = string.Join(", ", away.Select(endpoint => endpoint.InputAddress.AbsolutePath.Split('/')[^1]));
        return $"the broker is connected, but this process does not consume from {queues} yet.";
    }

    // The connection is kept open, so that a check costs the broker nothing.
    private async Task ConnectAsync(BrokerAddress broker, CancellationToken ct)
    {
        if (_connection is { IsOpen: true })
            return;
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
        _connection = await BrokerProbe.ConnectAsync(broker, "benchmark health", ct);
        _alarm = new BrokerAlarm(_connection);
    }
}
