using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Measuring;

/// <summary>A model, and what gauges tell of its served version.</summary>
/// <param name="Model">The model as the registry has it.</param>
/// <param name="RefreshedAt">When the source last gave the served data; null when nothing was ever published.</param>
/// <param name="WorstDrift">The worst column of the served version; null when nothing was compared.</param>
internal sealed record ServedModel(ModelDefinition Model, DateTimeOffset? RefreshedAt, WorstDrift? WorstDrift);

/// <summary>Reads what is served of every model, again only where the file has been replaced.</summary>
internal sealed class ServedModels(IRegistry registry, VolumeLayout volume, ILogger<ServedModels> logger)
{
    private Dictionary<ModelKey, Known> _known = [];

    /// <summary>The models of the registry, without those whose manifest cannot be read.</summary>
    /// <exception cref="RegistryException">No valid registry has been read yet.</exception>
    /// <exception cref="IOException">The volume is not mounted, or no run has ever been started on it.</exception>
    public IReadOnlyList<ServedModel> Read(CancellationToken ct)
    {
        // Every run writes its registry there; without it, models would seem never published.
        if (Posix.Identity(volume.Bookkeeping) is null)
            throw new DirectoryNotFoundException($"{volume.Bookkeeping} does not exist: the volume is not mounted, or "
                + "no run has been started on it yet.");
        var known = new Dictionary<ModelKey, Known>();
        foreach (var model in registry.Current.Models)
        {
            ct.ThrowIfCancellationRequested();
            known[model.Name] = Read(model);
        }
        _known = known;
        return [.. known.Values.Select(read => read.Served).OfType<ServedModel>()];
    }

    private Known Read(ModelDefinition model)
    {
        var last = _known.GetValueOrDefault(model.Name);
        try
        {
            var path = volume.Model(model.Name).Manifest;
            if (Posix.Examine(path)?.Stamp is not { } stamp)
                return new Known(null, new ServedModel(model, null, null), null);
            if (last?.Stamp == stamp && last.Served is { } served)
                return last with { Served = served with { Model = model } };
            var manifest = VolumeJson.Read<Manifest>(path);
            return new Known(stamp, new ServedModel(model, manifest.RefreshedAt, manifest.Drift?.Worst), null);
        }
        // One damaged manifest must not hide the other models.
        catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            if (last?.Problem != reason.Message)
                logger.ModelUnreadable(model.Name, reason.Message);
            return new Known(null, null, reason.Message);
        }
    }

    /// <param name="Stamp">The file that was read; null without one.</param>
    /// <param name="Served">What it says; null when it cannot be read.</param>
    /// <param name="Problem">Why not.</param>
    private sealed record Known(FileStamp? Stamp, ServedModel? Served, string? Problem);
}
