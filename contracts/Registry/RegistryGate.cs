using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Contracts.Registry;

/// <summary>
/// Holds up the start of a process until its registry can be read: without one it can work on no message, and a message that waits
/// in its queue is better off than one that fails. What is wrong is in the log; a registry that goes bad later changes nothing.
/// </summary>
internal sealed class RegistryGate(IRegistry registry, IOptions<RegistryOptions> options, TimeProvider time) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!IsGood())
            await Task.Delay(options.Value.PollInterval, time, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsGood()
    {
        try
        {
            return registry.Current is not null;
        }
        catch (RegistryException)
        {
            // Logged where it was read.
            return false;
        }
    }
}
