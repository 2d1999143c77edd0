using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;

namespace Benchmark.Validator.Checks;

/// <summary>The documents of a version that staged data is compared with.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Manifest">Its facts.</param>
/// <param name="Profile">The statistics and frozen bins of its columns.</param>
internal sealed record VersionDocuments(int Version, Manifest Manifest, Profile Profile)
{
    /// <summary>Reads the latest version's documents; its data is not opened.</summary>
    public static VersionDocuments? Latest(ModelPaths model) =>
        PublishedVersions.Latest(model) is { } version ? Read(model, version) : null;

    /// <summary>Reads a version's documents; its data is not opened.</summary>
    public static VersionDocuments Read(ModelPaths model, int version)
    {
        var files = model.Version(version);
        return new VersionDocuments(
            version, VolumeJson.Read<Manifest>(files.Manifest), VolumeJson.Read<Profile>(files.Profile));
    }
}
