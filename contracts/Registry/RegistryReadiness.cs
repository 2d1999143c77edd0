using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Contracts.Registry;

/// <summary>
/// Delays what comes after it, the bus, until the registry is valid, so that messages wait in their queue instead of
/// failing; the process listens by then, and says why it is not ready. A registry that becomes invalid later has no
/// effect.
/// </summary>
internal sealed class RegistryReadiness(IRegistry registry, IOptions<RegistryOptions> options, TimeProvider time)
    : IHostedLifecycleService
{
    // Whoever has mended the registry waits for the service.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var interval = options.Value.PollInterval < s_longestWait ? options.Value.PollInterval : s_longestWait;
        while (!IsValid())
            await Task.Delay(interval, time, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsValid()
    {
        try
        {
            return registry.Current is not null;
        }
        catch (RegistryException)
        {
            // The registry logs it.
            return false;
        }
    }
}
