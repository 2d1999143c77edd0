using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>
/// Builds a version under a temporary name and claims its number. Its files can be those of a refresh, or of an old
/// version for a rollback.
/// </summary>
internal static class NewVersion
{
    /// <summary>Commits the version that the manifest describes.</summary>
    /// <returns>False when another publisher has committed that number.</returns>
    /// <exception cref="RefusedException">The data does not match the manifest.</exception>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed.</exception>
    /// <param name="model">The model.</param>
    /// <param name="manifest">What the version is.</param>
    /// <param name="data">Its data, which is linked.</param>
    /// <param name="profile">Its profile, likewise.</param>
    /// <param name="matches">How to tell that the data matches; null to read all of it.</param>
    public static bool TryCommit(
        ModelPaths model, Manifest manifest, string data, string profile, DataProof? matches = null)
    {
        var version = model.Version(manifest.Version);
        // Each publication builds in its own directory, even two deliveries of one message.
        var building = model.Building($"{version.Directory}.{manifest.RunId}-{Guid.NewGuid():N}.tmp");
        Posix.TryCreateDirectory(model.Versions);
        // The first version is lost with its directories, if a machine crashes before these names are durable.
        if (manifest.Version == 1)
            foreach (var directory in model.DirectoriesToRoot)
                Posix.FlushDirectory(directory);
        Posix.TryCreateDirectory(building.Directory);
        try
        {
            Build(building, manifest, data, profile, matches ?? DataFile.Matches);
            return Claim(building.Directory, version.Directory);
        }
        finally
        {
            // Lost, refused or failed; a successful claim has renamed it. After a kill, Housekeeping removes it.
            if (Posix.Exists(building.Directory))
                Directory.Delete(building.Directory, recursive: true);
        }
    }

    private static void Build(
        VersionPaths version, Manifest manifest, string data, string profile, DataProof matches)
    {
        // Linked, not moved: until the number is claimed, a redelivery needs the staged files.
        Posix.TryLink(data, version.Data);
        Posix.TryLink(profile, version.Profile);
        VolumeJson.Write(version.Manifest, manifest);
        Posix.FlushFile(version.Data);
        Posix.FlushFile(version.Profile);
        Posix.FlushDirectory(version.Directory);
        if (!matches(version.Data, manifest))
            throw new RefusedException(
                $"{data} was altered after its checks: its length or SHA-256 differs from staged.json.",
                "Find out what writes into the staging area, then refresh the model again.");
    }

    private static bool Claim(string building, string committed)
    {
        var built = Posix.Identity(building);
        try
        {
            // NFS repeats a request whose reply is lost, and EFS may carry it out twice. So 'exists' and an error may
            // both be about our own directory, which its identity tells.
            return Posix.TryRenameDirectory(building, committed) || IsOurs();
        }
        catch (IOException) when (IsOurs())
        {
            return true;
        }

        bool IsOurs() => Posix.Identity(committed) == built;
    }
}
