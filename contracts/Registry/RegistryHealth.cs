using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Benchmark.Contracts.Registry;

/// <summary>Ready once a valid registry has been read. One that becomes invalid later has no effect.</summary>
internal sealed class RegistryHealth(IRegistry registry) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _ = registry.Current;
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (RegistryException e)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(e.Message));
        }
    }
}
