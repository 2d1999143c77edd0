using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Contracts.Registry;

/// <summary>
/// Delays the start of a process until its registry is valid: without one no message can be processed, and a message
/// that waits in its queue is better than one that fails. A registry that becomes invalid later changes nothing.
/// </summary>
internal sealed class RegistryGate(IRegistry registry, IOptions<RegistryOptions> options, TimeProvider time)
    : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!IsValid())
            await Task.Delay(options.Value.PollInterval, time, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsValid()
    {
        try
        {
            return registry.Current is not null;
        }
        catch (RegistryException)
        {
            // Logged by the registry itself.
            return false;
        }
    }
}
