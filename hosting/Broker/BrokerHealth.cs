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
    // Less than the 5 s of a probe, which would otherwise end without a reason.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

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
            await using var connection = await ConnectAsync(ct);
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
            _connection = await ConnectAsync(ct);
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

    private async Task<IConnection> ConnectAsync(CancellationToken ct)
    {
        var broker = BusOptions.Broker(configuration)!;
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(s_patience);
        try
        {
            return await BrokerProbe.ConnectAsync(broker, "benchmark health", inTime.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new BrokerException(
                $"The broker at {BrokerConnection.Place(broker)} does not answer within {s_patience.TotalSeconds:0} s.",
                "Check its host and port in RABBITMQ_URI (--broker), and the network between.");
        }
    }
}
