using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Benchmark.Contracts.Volume;

/// <summary>Ready while the volume is that of an installation. What else ails it, <c>VolumeHealth</c> says.</summary>
public sealed class InstallationHealth(VolumeLayout volume) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.Run(Look, cancellationToken).WaitAsync(cancellationToken);

    private HealthCheckResult Look()
    {
        try
        {
            Installation.IdOf(volume);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
