using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;

namespace Benchmark.Validator.Checks;

/// <summary>A version that gates compare with.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Manifest">Its facts.</param>
/// <param name="Profile">What its data looks like, with the frozen bins.</param>
internal sealed record Published(int Version, Manifest Manifest, Profile Profile)
{
    /// <summary>Reads the latest version's documents; its data is not opened.</summary>
    public static Published? Latest(ModelPaths model) =>
        PublishedVersions.Latest(model) is { } version ? Read(model, version) : null;

    /// <summary>Reads a version's documents; its data is not opened.</summary>
    public static Published Read(ModelPaths model, int version)
    {
        var files = model.Version(version);
        return new Published(
            version, VolumeJson.Read<Manifest>(files.Manifest), VolumeJson.Read<Profile>(files.Profile));
    }
}
