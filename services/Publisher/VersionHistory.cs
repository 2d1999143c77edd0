using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// A model's committed versions at one moment. Every decision of one attempt to publish is taken on one listing, and
/// the version claimed is the one after its highest: whoever wins the claim knows that nothing came in between.
/// </summary>
internal sealed class VersionHistory(ModelPaths model, ILogger logger)
{
    private readonly IReadOnlyList<int> _versions = PublishedVersions.All(model);

    /// <summary>The version to claim.</summary>
    public int Next => (_versions is [.., var highest] ? highest : 0) + 1;

    /// <summary>The highest version, refreshed as <c>benchmark.json</c> says; null before the first.</summary>
    public Manifest? Current()
    {
        if (_versions is not [.., var highest])
            return null;
        var manifest = Read(model, highest);
        return ServedFacts.TryRead(model, manifest, logger) ?? manifest;
    }

    /// <summary>The version that a run has made, looking back to a moment.</summary>
    public Manifest? MadeBy(Guid runId, DateTimeOffset since)
    {
        foreach (var version in _versions.Reverse())
        {
            // Another publisher's retention may have removed it after the listing: then it was too old to be ours.
            if (!File.Exists(model.Version(version).Manifest) && version + 1 != Next)
                continue;
            var manifest = Read(model, version);
            if (manifest.RunId == runId)
                return manifest;
            if (manifest.PublishedAt < since)
                return null;
        }
        return null;
    }

    /// <summary>The manifest of a committed version.</summary>
    /// <exception cref="RefusedException">The version has none that can be read.</exception>
    public static Manifest Read(ModelPaths model, int version)
    {
        var path = model.Version(version).Manifest;
        try
        {
            return VolumeJson.Read<Manifest>(path);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            // We commit whole versions only, so this one was made or changed by somebody else.
            throw new RefusedException($"Version {version} is not whole: {e.Message}",
                $"Move {model.Version(version).Directory} out of {model.Versions}, then refresh the model again.");
        }
    }
}
