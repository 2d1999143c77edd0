using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// A process is ready when the broker serves it: each of its queues has its consumer, or, if it consumes nothing, a
/// connection is open. MassTransit's own check also counts the bus's reply endpoint, which is not used here: it is not
/// told of outages and, once degraded, stays degraded.
/// </summary>
internal sealed class BrokerHealth(IBusControl bus, ConsumedEndpoints endpoints, IConfiguration configuration)
    : IHealthCheck, IAsyncDisposable
{
    private readonly SemaphoreSlim _connecting = new(1);
    private IConnection? _connection;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (endpoints.All.Count == 0)
            return await ConnectedAsync(cancellationToken);
        var away = bus.CheckHealth().Endpoints.Values
            .Where(endpoint => endpoint.InputAddress != bus.Address
                && endpoint.Status != BusHealthStatus.Healthy).ToList();
        return away.Count == 0
            ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(await ReasonAsync(away, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connecting.Dispose();
    }

    private async Task<string> ReasonAsync(IReadOnlyList<EndpointHealthResult> away, CancellationToken ct)
    {
        try
        {
            await using var connection = await BrokerProbe.ConnectAsync(
                BusOptions.Broker(configuration)!, "benchmark health", ct);
            var queues = string.Join(", ", away.Select(endpoint => endpoint.InputAddress.AbsolutePath.Split('/')[^1]));
            return $"the broker is connected, but this process does not consume from {queues} yet.";
        }
        catch (BrokerException e)
        {
            return e.Message;
        }
    }

    // The connection is kept open, so that a check costs the broker nothing.
    private async Task<HealthCheckResult> ConnectedAsync(CancellationToken ct)
    {
        await _connecting.WaitAsync(ct);
        try
        {
            if (_connection is { IsOpen: true })
                return HealthCheckResult.Healthy();
            if (_connection is not null)
                await _connection.DisposeAsync();
            _connection = await BrokerProbe.ConnectAsync(BusOptions.Broker(configuration)!, "benchmark health", ct);
            return HealthCheckResult.Healthy();
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
}
