using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>Whether a file is what a manifest says of it.</summary>
internal delegate bool DataProof(string path, Manifest manifest);

/// <summary>Compares a version's data file with its manifest.</summary>
internal static class DataFile
{
    /// <summary>
    /// Whether a version's data has its length, and was not written to since its manifest was: by the clock of the
    /// volume, which dates both. It reads none of it, so it takes as long for 10 GB as for a row. Who writes into a
    /// version and then sets its time back is found by <c>benchmark verify</c>.
    /// </summary>
    private static bool IsUntouched(string path, Manifest manifest) =>
        Posix.Identity(path)?.Bytes == manifest.Bytes
        && Posix.ModifiedAt(path) <= Posix.ModifiedAt(Path.Combine(Path.GetDirectoryName(path)!, "manifest.json"));

    /// <summary>
    /// Whether a version's data matches its manifest: untouched, or else, as after a restore that did not keep times,
    /// read whole.
    /// </summary>
    public static bool IsUntouchedOrMatches(string path, Manifest manifest) =>
        IsUntouched(path, manifest) || Matches(path, manifest);

    /// <summary>Whether a file matches its manifest; opens it and reads all of it.</summary>
    public static bool Matches(string path, Manifest manifest)
    {
        try
        {
            using var file = PosixFile.Open(path);
            return Matches(file, manifest);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Whether a file that is open matches its manifest; reads all of it.</summary>
    public static bool Matches(PosixFile file, Manifest manifest) =>
        file.Status is { IsFile: true } status && status.Identity.Bytes == manifest.Bytes
        && file.Sha256() == manifest.Sha256;
}
