using System.Data.Common;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Notifier.Runs;

/// <summary>
/// Whether the volume can be the one that the runs of the database published to. An empty directory in its place would
/// be published to from version 1 on.
/// </summary>
public sealed class VolumeOfRuns(RunStore runs, VolumeLayout volume) : IHostedService
{
    /// <summary>What to do.</summary>
    public const string Hint =
        "Mount the right one. If this one is right, because it is new or was emptied on purpose, say so once: "
        + "benchmark volume accept.";

    /// <summary>Why it cannot be; null when it can.</summary>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public async Task<string?> ProblemAsync(CancellationToken ct) =>
        !Posix.Exists(volume.Installation) && await runs.ListAsync(newest: 1, ct) is [var last]
            ? $"The volume {volume.Root} has no .benchmark/installation, but the database knows of runs, the last "
                + $"started {last.StartedAt.UtcDateTime:u}: another directory may be mounted than the one they "
                + "published to."
            : null;

    /// <inheritdoc/>
    /// <exception cref="IOException">It cannot be.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await ProblemAsync(cancellationToken) is { } problem)
                throw new IOException($"{problem} {Hint}");
        }
        catch (DbException)
        {
            // Health and the log say so; events wait until it is back.
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
