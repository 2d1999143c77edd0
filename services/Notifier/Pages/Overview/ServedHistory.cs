using System.Collections.Concurrent;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Notifier.Pages.Overview;

/// <summary>
/// What is served of every model and how it drifted, read again only where a version was published or confirmed since.
/// </summary>
internal sealed class ServedHistory(VolumeLayout volume, TimeProvider time)
{
    /// <summary>How many versions the sparklines show: a year of months.</summary>
    public const int Versions = 12;

    // Reading waits for the network where the volume is NFS, and not for the processor.
    private const int AtOnce = 16;

    private readonly ConcurrentDictionary<ModelKey, Known> _known = [];
    private readonly SemaphoreSlim _reading = new(1);

    /// <summary>The rows of these models, without how their last refresh ended.</summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public async Task<IReadOnlyList<ModelRow>> ReadAsync(IReadOnlyList<ModelDefinition> models, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = new ModelRow[models.Count];
        // One at a time: of two first visitors, the second finds what the first has read.
        await _reading.WaitAsync(ct);
        try
        {
            await Parallel.ForAsync(
                0, models.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                (i, _) =>
                {
                    rows[i] = Row(models[i], now);
                    return ValueTask.CompletedTask;
                });
        }
        finally
        {
            _reading.Release();
        }
        return rows;
    }

    private ModelRow Row(ModelDefinition model, DateTimeOffset now)
    {
        var known = _known.GetValueOrDefault(model.Name);
        try
        {
            var paths = volume.Model(model.Name);
            if (Posix.Examine(paths.Manifest)?.Stamp is not { } stamp)
                return new ModelRow { Model = model, Status = ModelStatus.Unknown(model, now), History = [] };
            if (known?.Stamp != stamp)
                _known[model.Name] = known = Read(model, paths, stamp, known, now);
            return new ModelRow { Model = model, Status = known.Status.At(model, now), History = known.Worst };
        }
        // One damaged manifest must not hide the other models.
        catch (InvalidDataException damaged)
        {
            return new ModelRow
            {
                Model = model,
                Status = ModelStatus.Unknown(model, now),
                History = [],
                Damage = damaged.Message,
            };
        }
    }

    private Known Read(ModelDefinition model, ModelPaths paths, FileStamp stamp, Known? before, DateTimeOffset now)
    {
        var served = VolumeJson.Read<Manifest>(paths.Manifest);
        var versions = PublishedVersions.All(paths).TakeLast(Versions).ToDictionary(
            version => version,
            version => version == served.Version ? served.Drift?.Worst?.Psi
                : before?.Versions.TryGetValue(version, out var worst) == true ? worst
                : WorstOf(paths.Version(version)));
        return new Known(stamp, ModelStatus.Of(model, served, volume, now), versions);
    }

    // A version whose manifest is damaged, or that retention has just removed, leaves a gap.
    private static double? WorstOf(VersionPaths version)
    {
        try
        {
            return VolumeJson.Read<DriftOnly>(version.Manifest).Drift?.Worst?.Psi;
        }
        catch (Exception gone)
            when (gone is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <param name="Stamp">The manifest that was read.</param>
    /// <param name="Status">What it says.</param>
    /// <param name="Versions">The worst PSI of each version, which never changes.</param>
    private sealed record Known(FileStamp Stamp, ModelStatus Status, IReadOnlyDictionary<int, double?> Versions)
    {
        public IReadOnlyList<double?> Worst { get; } = [.. Versions.OrderBy(v => v.Key).Select(v => v.Value)];
    }

    /// <summary>The part of a manifest that a sparkline needs; the checks are most of the file.</summary>
    private sealed record DriftOnly
    {
        public DriftSummary? Drift { get; init; }
    }
}
