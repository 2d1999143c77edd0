using System.Buffers;
using System.Security.Cryptography;

namespace Benchmark.Contracts.Volume.Verifying;

/// <summary>The SHA-256 of a file, read as slowly as somebody says.</summary>
internal static class PacedHash
{
    private const int Block = 1 << 20;

    public static string Of(string path, Action<int, CancellationToken>? onRead, CancellationToken ct)
    {
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            int read;
            while ((read = stream.Read(block, 0, Block)) > 0)
            {
                ct.ThrowIfCancellationRequested();
                hash.AppendData(block, 0, read);
                onRead?.Invoke(read, ct);
            }
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
