using MassTransit;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Hosting;

/// <summary>
/// Starts the bus once the process listens: health is answered for whatever the bus waits for. MassTransit's own
/// service starts it before the web server, which is always the last to start.
/// </summary>
internal sealed class BusStart(MassTransitHostedService bus) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => bus.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => bus.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
