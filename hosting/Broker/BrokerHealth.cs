using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Ready is a process that its broker serves: each of its queues has its consumer, or, for one that consumes nothing,
/// a connection is open. MassTransit's own check also counts the bus's endpoint for answers, which nobody uses: it hears
/// of no outage, and once degraded it stays so.
/// </summary>
internal sealed class BrokerHealth(IBusControl bus, ConsumedEndpoints endpoints, IConfiguration configuration)
    : IHealthCheck, IAsyncDisposable
{
    private readonly SemaphoreSlim _connecting = new(1);
    private IConnection? _connection;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (endpoints.All.Count == 0)
            return await ConnectedAsync(cancellationToken);
        var away = bus.CheckHealth().Endpoints.Values
            .Where(endpoint => endpoint.InputAddress != bus.Address && endpoint.Status != BusHealthStatus.Healthy).ToList();
        return away.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Join("; ", away.Select(endpoint => endpoint.Description)), away[0].Exception);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connecting.Dispose();
    }

    // Kept open, so that asking costs the broker nothing.
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
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
        finally
        {
            _connecting.Release();
        }
    }
}
