using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>Whether a file that is open is what a manifest says of it.</summary>
internal delegate bool DataProof(PosixFile data, Manifest manifest);

/// <summary>Compares a version's data with its manifest.</summary>
internal static class DataFile
{
    /// <summary>Whether it is the same; reads all of it.</summary>
    public static bool Matches(PosixFile data, Manifest manifest) =>
        IsAsLong(data, manifest) && data.Sha256() == manifest.Sha256;

    /// <summary>Whether it is a file of that length; reads none of it.</summary>
    public static bool IsAsLong(PosixFile data, Manifest manifest) =>
        data.Status is { IsFile: true } status && status.Identity.Bytes == manifest.Bytes;

    /// <summary>Gives data a second name, or copies it where that is not permitted.</summary>
    /// <returns>False when it is a copy.</returns>
    /// <exception cref="IOException">Neither can be done.</exception>
    public static bool LinkOrCopy(string data, string name)
    {
        try
        {
            Posix.TryLink(data, name);
            return true;
        }
        catch (IOException e) when (Posix.IsNotPermitted(e))
        {
            // It belongs to another user, as after a move to another namespace of OpenShift, and the kernel protects
            // hard links (fs.protected_hardlinks).
            using var content = File.OpenRead(data);
            WholeFile.WriteNew(name, content.CopyTo);
            return false;
        }
    }

    /// <summary>
    /// Whether a version's data is as it was published. It reads all of it only if it was written to after the
    /// manifest, by the clock of the volume, which dates both: as after a restore that did not keep times. So it takes
    /// as long for 10 GB as for a row. Who writes into a version and then sets its time back is found by
    /// <c>benchmark verify</c>.
    /// </summary>
    public static DataProof IsUntouchedOrMatches(VersionPaths version) => (data, manifest) =>
        (IsAsLong(data, manifest) && data.Status.Modified <= Posix.Examine(version.Manifest)?.Modified)
        || Matches(data, manifest);
}
