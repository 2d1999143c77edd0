using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// A model's committed versions at one moment. One attempt to publish decides on one list and claims the number after
/// its highest, so whoever wins the claim knows that no version was committed in between.
/// </summary>
internal sealed class VersionHistory(ModelPaths model, ILogger logger)
{
    private readonly IReadOnlyList<int> _versions = PublishedVersions.All(model);

    /// <summary>The version to claim.</summary>
    public int Next => (_versions is [.., var highest] ? highest : 0) + 1;

    /// <summary>The highest version, with <c>refreshed_at</c> of <c>benchmark.json</c>; null if none.</summary>
    public Manifest? Current()
    {
        if (_versions is not [.., var highest])
            return null;
        var manifest = Read(model, highest);
        return ServedFacts.TryRead(model, manifest, logger) ?? manifest;
    }

    /// <summary>
    /// SHA-256 of the highest version's manifest; null if there is none. Whoever wins the claim of <see cref="Next"/>
    /// has hashed the manifest of the version before it.
    /// </summary>
    public string? HighestManifestSha256() =>
        _versions is [.., var highest] ? ReadWithSha256(model, highest).Sha256 : null;

    /// <summary>The version that a run has made, if it is not older than <paramref name="since"/>.</summary>
    public Manifest? MadeBy(Guid runId, DateTimeOffset since)
    {
        foreach (var version in _versions.Reverse())
        {
            // Another publisher may have removed it since it was listed; then it is too old to be this run's.
            if (!Posix.Exists(model.Version(version).Manifest) && version + 1 != Next)
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
    /// <exception cref="RefusedException">It cannot be read.</exception>
    public static Manifest Read(ModelPaths model, int version) => ReadWithSha256(model, version).Manifest;

    private static (Manifest Manifest, string Sha256) ReadWithSha256(ModelPaths model, int version)
    {
        try
        {
            return VolumeJson.ReadWithSha256<Manifest>(model.Version(version).Manifest);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            // The Publisher commits only whole versions, so something else has made or changed this one.
            throw new RefusedException($"Version {version} is not whole: {e.Message}",
                $"Move {model.Version(version).Directory} out of {model.Versions}, then refresh the model again.");
        }
    }
}
