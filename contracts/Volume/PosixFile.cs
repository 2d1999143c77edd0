using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Benchmark.Contracts.Volume;

/// <summary>
/// A file or directory that is open for reading. What is asked of it needs no look-up of its name, which on a network
/// file system is a round trip; and it stays the same one, whatever has its name by now.
/// </summary>
public sealed partial class PosixFile : IDisposable
{
    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int Interrupted = 4;
    private const int PermissionDenied = 13;
    private const int NotADirectory = 20;

    // One system call per 128 KiB.
    private const int BlockSize = 128 * 1024;

    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly string _what;

    private PosixFile(SafeFileHandle handle, string path, string what) =>
        (_handle, _path, _what) = (handle, path, what);

    /// <summary>What the file system knows of it.</summary>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public FileStatus Status => Examine(_handle, _path);

    /// <summary>Opens it. Does not wait for a writer, should it be a named pipe.</summary>
    /// <exception cref="FileNotFoundException">Nothing has the name.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static PosixFile Open(string path) => Open(path, "file");

    /// <summary>Reads it from where it was left to its end.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] ReadToEnd()
    {
        using var content = new MemoryStream();
        ForEachBlock(content.Write);
        return content.ToArray();
    }

    /// <summary>The SHA-256 of what is left to read, lower-case hex.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string Sha256()
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ForEachBlock(sha256.AppendData);
        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }

    /// <summary>Makes it durable: the content of a file, whoever wrote it; the names in a directory.</summary>
    /// <exception cref="IOException">It cannot be flushed.</exception>
    public void Flush() => Posix.Flush(Descriptor, _what, _path);

    /// <summary>
    /// Takes from everybody the permission to write; but leaves it to group 0 where its users change, because only so
    /// can one remove what another has made.
    /// </summary>
    /// <returns>False when the file system refuses.</returns>
    public bool TryMakeReadOnly()
    {
        const int everybodyMayWrite = 0x92;
        const int ownerAndOthersMayWrite = 0x82;
        var taken = PosixOwner.IsArbitraryUser ? ownerAndOthersMayWrite : everybodyMayWrite;
        return fchmod(Descriptor, (uint)(Status.Mode & ~taken)) == 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    internal static PosixFile Open(string path, string what)
    {
        // O_RDONLY | O_NONBLOCK | O_CLOEXEC: the same bits on every architecture that .NET runs on.
        var handle = open(path, 0x80800);
        if (!handle.IsInvalid)
            return new PosixFile(handle, path, what);
        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        var failed = Posix.Failed(error, $"open {what}", path);
        throw error switch
        {
            NoSuchFile or NotADirectory => new FileNotFoundException(failed.Message, path),
            NotPermitted or PermissionDenied => new UnauthorizedAccessException(failed.Message, failed),
            _ => failed,
        };
    }

    internal static unsafe FileStatus Examine(SafeFileHandle file, string path)
    {
        const int emptyPath = 0x1000;
        var buffer = stackalloc byte[FileStatus.BufferSize];
        return statx((int)file.DangerousGetHandle(), "", emptyPath, FileStatus.BasicStats, buffer) == 0
            ? FileStatus.Of(buffer)
            : throw Posix.Failed(Marshal.GetLastPInvokeError(), "examine", path);
    }

    private int Descriptor => (int)_handle.DangerousGetHandle();

    private unsafe void ForEachBlock(BlockAction act)
    {
        var block = GC.AllocateUninitializedArray<byte>(BlockSize);
        fixed (byte* start = block)
        {
            nint count;
            while ((count = read(Descriptor, start, BlockSize)) != 0)
            {
                if (count > 0)
                    act(block.AsSpan(0, (int)count));
                else if (Marshal.GetLastPInvokeError() is var error and not Interrupted)
                    throw Posix.Failed(error, $"read {_what}", _path);
            }
        }
    }

    private delegate void BlockAction(ReadOnlySpan<byte> block);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchmod(int descriptor, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* buffer);
}
