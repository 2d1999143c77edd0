using System.Security.Cryptography;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>Compares a version's data file with its manifest.</summary>
internal static class DataFile
{
    // One system call per 128 KiB; SHA256.HashData reads 4 KiB at a time.
    private const int ReadAhead = 128 * 1024;

    /// <summary>Whether a file matches its manifest; opens it and reads all of it.</summary>
    public static bool Matches(string path, Manifest manifest)
    {
        if (Posix.Identity(path)?.Bytes != manifest.Bytes)
            return false;
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadAhead);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == manifest.Sha256;
    }
}
