using System.Security.Cryptography;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>A version's data file, held against what its manifest says.</summary>
internal static class DataFile
{
    // One read per 128 KiB: with the 4 KiB that SHA256.HashData asks for, each would be a system call.
    private const int ReadAhead = 128 * 1024;

    /// <summary>Whether a file is exactly what a manifest describes. Opens it afresh and reads all of it.</summary>
    public static bool Matches(string path, Manifest manifest)
    {
        if (Posix.Identity(path)?.Bytes != manifest.Bytes)
            return false;
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadAhead);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == manifest.Sha256;
    }
}
