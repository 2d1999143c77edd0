using Microsoft.Extensions.Hosting;

namespace Benchmark.Hosting;

/// <summary>Waits for the start of a process.</summary>
public static class HostLifetime
{
    /// <summary>
    /// Waits until the process has started: its bus, too, which waits for a valid registry.
    /// </summary>
    /// <exception cref="OperationCanceledException">The process stops before.</exception>
    public static async Task HasStartedAsync(this IHostApplicationLifetime lifetime, CancellationToken stopping)
    {
        var started = new TaskCompletionSource();
        using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }
}
