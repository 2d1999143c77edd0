using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Benchmark.Contracts.Volume;

/// <summary>Ready while the volume answers: it exists or can be created.</summary>
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
            Directory.CreateDirectory(volume.Root);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"there is no volume at {volume.Root}: {e.Message} Mount it, or name another with BENCHMARK_ROOT.";
        }
    }
}
