using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Benchmark.Notifier.Database;

/// <summary>
/// Ready when the run database can be opened; without it every event would end in <c>notifier_error</c>.
/// </summary>
internal sealed class RunDatabaseHealth(RunDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // The health check reports an exception as unhealthy.
        await using var connection = await database.OpenAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
