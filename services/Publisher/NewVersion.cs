using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>
/// Builds a version under a name of its own and claims its number. Any data and profile on the volume can become one: a
/// refresh brings staged files, a rollback those of an old version.
/// </summary>
internal static class NewVersion
{
    /// <summary>Commits the version that the manifest describes.</summary>
    /// <returns>False when another publisher has committed that number.</returns>
    /// <exception cref="RefusedException">The data is not what the manifest says.</exception>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed.</exception>
    public static bool TryCommit(ModelPaths model, Manifest manifest, string data, string profile)
    {
        var version = model.Version(manifest.Version);
        // Never shared, not even by two deliveries of one message: each publisher builds alone.
        var building = model.Building($"{version.Directory}.{manifest.RunId}-{Guid.NewGuid():N}.tmp");
        Posix.TryCreateDirectory(model.Versions);
        Posix.TryCreateDirectory(building.Directory);
        try
        {
            Build(building, manifest, data, profile);
            return Claim(building.Directory, version.Directory);
        }
        finally
        {
            // Lost, refused or failed; once claimed, it has another name. After a kill, the sweep finds it.
            if (Directory.Exists(building.Directory))
                Directory.Delete(building.Directory, recursive: true);
        }
    }

    private static void Build(VersionPaths version, Manifest manifest, string data, string profile)
    {
        // Linked, not moved: until the number is claimed, a redelivery must find the staged files where they were.
        Posix.TryLink(data, version.Data);
        Posix.TryLink(profile, version.Profile);
        VolumeJson.Write(version.Manifest, manifest);
        Posix.FlushFile(version.Data);
        Posix.FlushFile(version.Profile);
        Posix.FlushDirectory(version.Directory);
        if (!DataFile.Matches(version.Data, manifest))
            throw new RefusedException(
                $"{data} was altered after its checks: its length or SHA-256 is not what was staged.",
                "Find out who writes into the staging area, then refresh the model again.");
    }

    private static bool Claim(string building, string committed)
    {
        var built = Posix.Identity(building);
        try
        {
            // NFS repeats a request whose reply was lost, and EFS does not remember that it had carried it out: both
            // 'taken' and an error may be about a directory that is ours. Its identity tells.
            return Posix.TryRenameDirectory(building, committed) || IsOurs();
        }
        catch (IOException) when (IsOurs())
        {
            return true;
        }

        bool IsOurs() => Posix.Identity(committed) == built;
    }
}
