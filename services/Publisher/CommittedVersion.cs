using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>A committed version whose data was read and matches its manifest.</summary>
/// <param name="Manifest">Its facts.</param>
/// <param name="Data">The identity of its data, which <c>benchmark.csv</c> has once it is served.</param>
internal sealed record CommittedVersion(Manifest Manifest, FileIdentity Data)
{
    /// <summary>Compares the data with its manifest.</summary>
    /// <param name="model">The model.</param>
    /// <param name="manifest">The version's.</param>
    /// <param name="matches">How to tell that they match; null to read all of it.</param>
    /// <returns>Null when it does not match its manifest: it was altered in place, or is gone.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CommittedVersion? TryVerify(ModelPaths model, Manifest manifest, DataProof? matches = null)
    {
        try
        {
            var path = model.Version(manifest.Version).Data;
            using var data = PosixFile.Open(path);
            return matches?.Invoke(path, manifest) ?? DataFile.Matches(data, manifest)
                ? new CommittedVersion(manifest, data.Status.Identity) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
