using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Benchmark.Contracts.Volume;

/// <summary>
/// Ready while the volume answers and is that of an installation. Its directory is not made: one that is missing is a
/// mount that is missing.
/// </summary>
internal sealed class VolumeHealth(VolumeLayout volume) : IHealthCheck
{
    private readonly Lock _asking = new();
    private Task<string?>? _answer;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        return await AskAsync().WaitAsync(cancellationToken) is { } problem
            ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy();
    }

    // An NFS server that is away holds the thread that asks until it is back: one thread, not one for each check.
    private Task<string?> AskAsync()
    {
        lock (_asking)
            return _answer is { IsCompleted: false } ? _answer : _answer = Task.Run(Problem);
    }

    private string? Problem()
    {
        try
        {
            if (!Posix.IsDirectory(volume.Root))
                return VolumeStart.Problem(volume);
            Installation.IdOf(volume);
            return null;
        }
        catch (Exception e) when (e is NoInstallationException or InvalidDataException)
        {
            return e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the volume does not answer: {e.Message}";
        }
    }
}
