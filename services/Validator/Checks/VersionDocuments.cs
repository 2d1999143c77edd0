using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;

namespace Benchmark.Validator.Checks;

/// <summary>The documents of a version that staged data is compared with.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Manifest">Its facts.</param>
/// <param name="Profile">The statistics and frozen bins of its columns.</param>
internal sealed record VersionDocuments(int Version, Manifest Manifest, Profile Profile)
{
    /// <summary>Reads a version's documents; its data is not opened.</summary>
    /// <exception cref="InvalidDataException">One is damaged, altered or missing; the message says how.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static VersionDocuments Read(ModelPaths model, int version)
    {
        try
        {
            var manifest = VersionManifest.Read(model, version).Manifest;
            var path = model.Version(version).Profile;
            var (profile, sha256) = VolumeJson.ReadWithSha256<Profile>(path);
            return manifest.ProfileSha256 is { } written && written != sha256
                ? throw new InvalidDataException($"{path} was altered: its SHA-256 is not the one in manifest.json.")
                : profile.Rows != manifest.Rows || profile.Columns.Any(column => column.Nulls < 0)
                ? throw new InvalidDataException($"{path} is not the profile of {manifest.Rows} rows.")
                : new VersionDocuments(version, manifest, profile);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException(missing.Message, missing);
        }
    }
}
