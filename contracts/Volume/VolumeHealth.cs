using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Benchmark.Contracts.Volume;

/// <summary>Ready while the volume answers: it exists or can be created.</summary>
internal sealed class VolumeHealth(VolumeLayout volume) : IHealthCheck
{
    // Less than the 5 s of a probe, which would otherwise end without a reason.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private readonly Lock _asking = new();
    private Task<string?>? _answer;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await AskAsync().WaitAsync(s_patience, cancellationToken) is { } problem
                ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy();
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy(
                $"the volume {volume.Root} does not answer within {s_patience.TotalSeconds:0} s. Check its server and "
                + "the network between.");
        }
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
