using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>A committed version whose data was read and matches its manifest.</summary>
/// <param name="Manifest">Its facts.</param>
/// <param name="ManifestSha256">SHA-256 of the file that they are in.</param>
/// <param name="Data">The identity of its data, which <c>benchmark.csv</c> has once it is served.</param>
internal sealed record CommittedVersion(Manifest Manifest, string ManifestSha256, FileIdentity Data)
{
    /// <summary>
    /// What <c>benchmark.csv</c> was just before this version was made; null for nothing, or not known.
    /// </summary>
    public FileStatus? Replaces { get; init; }

    /// <summary>Opens the data and compares it with its manifest.</summary>
    /// <param name="model">Where it is.</param>
    /// <param name="version">Its manifest, and the SHA-256 of that.</param>
    /// <param name="proof">How to compare; null to read all of it.</param>
    /// <returns>Null when it does not match its manifest: it was altered in place, or is gone.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CommittedVersion? TryVerify(
        ModelPaths model, (Manifest Manifest, string Sha256) version, DataProof? proof = null)
    {
        var (manifest, sha256) = version;
        try
        {
            using var data = PosixFile.Open(model.Version(manifest.Version).Data);
            return (proof ?? DataFile.Matches)(data, manifest)
                ? new CommittedVersion(manifest, sha256, data.Status.Identity) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
