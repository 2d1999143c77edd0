using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Contracts.Registry;

/// <summary>The registry read from <see cref="RegistryOptions.Path"/> and read again whenever it changes.</summary>
public sealed class LiveRegistry(
    IOptions<RegistryOptions> options, VolumeLayout volume, TimeProvider time, ILogger<LiveRegistry> logger)
    : BackgroundService, IRegistry
{
    /// <inheritdoc/>
    public ModelRegistry Current => throw new NotImplementedException($"{options}{volume}{time}{logger}");

    /// <inheritdoc/>
    public ModelRegistry Pin() => throw new NotImplementedException();

    /// <inheritdoc/>
    public ModelRegistry Pinned(string? sha256) => throw new NotImplementedException();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}
