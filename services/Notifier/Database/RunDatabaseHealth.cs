using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Benchmark.Notifier.Database;

/// <summary>
/// Ready when the run database can be opened; without it every event would end in <c>notifier_error</c>.
/// </summary>
internal sealed class RunDatabaseHealth(RunDatabase database) : IHealthCheck
{
    // Less than the 5 s of a probe, which would otherwise end without a reason.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(s_patience);
        try
        {
            // The health check reports other exceptions as unhealthy.
            await using var connection = await database.OpenAsync(inTime.Token);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(
                $"the run database does not answer within {s_patience.TotalSeconds:0} s. Check its server and the "
                + "network between.");
        }
    }
}
