using Microsoft.Extensions.Hosting;

namespace Benchmark.Contracts.Volume;

/// <summary>
/// Refuses to start without a volume: made by whoever writes first, its directory would take everything that is
/// published, as version 1, on a disk that nobody reads.
/// </summary>
internal sealed class VolumeStart(VolumeLayout volume) : IHostedService
{
    public static string Problem(VolumeLayout volume) =>
        $"There is no directory {volume.Root}, where the volume should be. Mount it, make the directory, or name "
        + "another with BENCHMARK_ROOT (--root).";

    /// <exception cref="DirectoryNotFoundException">There is no volume.</exception>
    /// <exception cref="IOException">It cannot be told.</exception>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Posix.IsDirectory(volume.Root) ? Task.CompletedTask : throw new DirectoryNotFoundException(Problem(volume));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
