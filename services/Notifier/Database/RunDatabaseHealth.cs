using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Benchmark.Notifier.Database;

/// <summary>
/// Ready when the database of runs answers; without it every event would end in <c>notifier_error</c>.
/// </summary>
internal sealed class RunDatabaseHealth(RunDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // What it throws is what the health check reports as unhealthy.
        await using var connection = await database.OpenAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
