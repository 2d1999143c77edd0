using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Contracts.Registry;

/// <summary>
/// Delays the start of a process until its registry is valid, so that messages wait in their queue instead of failing.
/// A registry that becomes invalid later has no effect.
/// </summary>
internal sealed class RegistryReadiness(IRegistry registry, IOptions<RegistryOptions> options, TimeProvider time)
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
            // The registry logs it.
            return false;
        }
    }
}
