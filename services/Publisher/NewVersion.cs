using System.Security.Cryptography;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// Builds a version under a temporary name and claims its number. Its files can be those of a refresh, or of an old
/// version for a rollback.
/// </summary>
internal static class NewVersion
{
    /// <summary>Commits the version that the manifest describes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="manifest">What the version is.</param>
    /// <param name="data">Its data, which is linked, or copied if it belongs to another user.</param>
    /// <param name="profile">Its profile, which is copied.</param>
    /// <param name="logger">Told when the file system refuses to make the version read-only.</param>
    /// <param name="proof">How to tell that the data matches; null to read all of it, as of a copy.</param>
    /// <returns>Null when another publisher has committed that number.</returns>
    /// <exception cref="RefusedException">
    /// The data or the profile does not match the manifest, or a directory is where <c>benchmark.csv</c> goes.
    /// </exception>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed.</exception>
    public static CommittedVersion? TryCommit(
        ModelPaths model, Manifest manifest, string data, string profile, ILogger logger, DataProof? proof = null)
    {
        // Looked at first, so that no version is committed that cannot be served.
        var replaces = Posix.Examine(model.Benchmark);
        ServedFacts.RefuseDirectory(model.Benchmark, replaces);
        var version = model.Version(manifest.Version);
        // Each publication builds in its own directory, even two deliveries of one message.
        var building = model.Building($"{version.Directory}.{manifest.RunId}-{Guid.NewGuid():N}.tmp");
        CreateDirectory(model, building, isFirst: manifest.PreviousManifestSha256 is null);
        var claimed = false;
        try
        {
            // Linked, not moved: until the number is claimed, a redelivery needs the staged files.
            if (!DataFile.LinkOrCopy(data, building.Data))
                proof = null;
            (manifest, var sha256) = WriteFiles(building, manifest, profile);
            var identity = Verify(building, manifest, data, proof ?? DataFile.Matches);
            claimed = Claim(building.Directory, version.Directory, Seal(building.Directory, logger));
            return claimed ? new CommittedVersion(manifest, sha256, identity) { Replaces = replaces } : null;
        }
        finally
        {
            // Lost, refused or failed. After a kill, Housekeeping removes it.
            if (!claimed)
                Remove(building.Directory);
        }
    }

    /// <summary>Removes the directory of a version, complete or not, under a name that is not listed.</summary>
    public static void Remove(string directory)
    {
        Posix.TryMakeWritable(directory);
        Directory.Delete(directory, recursive: true);
    }

    private static void CreateDirectory(ModelPaths model, VersionPaths building, bool isFirst)
    {
        if (isFirst)
        {
            Posix.TryCreateDirectory(model.Versions);
            // The first version is lost with its directories, if a machine crashes before these names are durable.
            foreach (var directory in model.DirectoriesToRoot)
                Posix.FlushDirectory(directory);
        }
        Posix.TryCreateDirectory(building.Directory);
    }

    private static (Manifest Manifest, string Sha256) WriteFiles(
        VersionPaths version, Manifest manifest, string profile)
    {
        var content = Read(profile, manifest.Rows);
        manifest = manifest with { ProfileSha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
        // Copied, not linked: so nobody else has it open, and what was hashed is what is written.
        WholeFile.WriteNew(version.Profile, stream => stream.Write(content));
        return (manifest, VolumeJson.WriteNew(version.Manifest, manifest));
    }

    private static byte[] Read(string profile, long rows)
    {
        try
        {
            var content = VolumeJson.ReadBytes(profile);
            var described = VolumeJson.Parse<Profile>(profile, content).Rows;
            return described == rows ? content : throw new RefusedException(
                $"{profile} describes {described} rows, but the data has {rows}.", Hint(profile));
        }
        catch (InvalidDataException damaged)
        {
            throw new RefusedException(damaged.Message, Hint(profile));
        }
    }

    private static string Hint(string file) =>
        $"Find out what writes into {Path.GetDirectoryName(file)}, then refresh the model again.";

    // Read after it has its name in the version, through the descriptor that flushes it: what is compared is what is
    // served.
    private static FileIdentity Verify(VersionPaths version, Manifest manifest, string data, DataProof proof)
    {
        using var file = PosixFile.Open(version.Data);
        if (!proof(file, manifest))
            throw new RefusedException(
                $"{data} was altered after its checks: its length or SHA-256 is not what was recorded then.",
                Hint(data));
        file.Flush();
        return file.Status.Identity;
    }

    // Read-only only now that all its files are in it, and before it has its number.
    private static FileIdentity Seal(string building, ILogger logger)
    {
        using var directory = PosixFile.Open(building);
        if (!directory.TryMakeReadOnly())
            logger.NotSealed(building);
        directory.Flush();
        return directory.Status.Identity;
    }

    private static bool Claim(string building, string committed, FileIdentity built)
    {
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
