using System.Data.Common;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Runs;

/// <summary>
/// Whether the volume can be the one that the runs of the database published to. An empty directory in its place would
/// be published to from version 1 on. One that can be is marked with the id of the installation before any run starts.
/// </summary>
public sealed class VolumeOfRuns(RunStore runs, VolumeLayout volume, ILogger<VolumeOfRuns>? logger = null)
    : BackgroundService
{
    /// <summary>What to do.</summary>
    public const string Hint =
        "Mount the right one. If this one is right, because it is new or was emptied on purpose, say so once: "
        + "benchmark volume accept.";

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);

    private string? _told;

    /// <summary>Why it cannot be; null when it can.</summary>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public async Task<string?> ProblemAsync(CancellationToken ct) =>
        !Posix.Exists(volume.Installation) && await runs.ListAsync(newest: 1, ct) is [var last]
            ? $"The volume {volume.Root} has no .benchmark/installation, but the database knows of runs, the last "
                + $"started {last.StartedAt.UtcDateTime:u}: another directory may be mounted than the one they "
                + "published to."
            : null;

    /// <summary>Marks the volume, if it is new and the database knows of no run.</summary>
    /// <exception cref="IOException">It cannot be the one; or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public async Task TakeAsync(CancellationToken ct)
    {
        if (await ProblemAsync(ct) is { } problem)
            throw new IOException($"{problem} {Hint}");
        Installation.Make(volume);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It cannot be the one; or it cannot be written.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await TryTakeAsync(cancellationToken))
            await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_retry);
        var isTaken = false;
        while (!isTaken && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                isTaken = await TryTakeAsync(stoppingToken);
            }
            // The process runs, and is not ready: it goes on by itself when a person has done what the line says.
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                if (_told != e.Message)
                    logger?.VolumeNotTaken(e.Message);
                _told = e.Message;
            }
        }
    }

    private async Task<bool> TryTakeAsync(CancellationToken ct)
    {
        try
        {
            await TakeAsync(ct);
            return true;
        }
        catch (DbException)
        {
            // Health and the log say so; events wait until it is back.
            return false;
        }
    }
}
