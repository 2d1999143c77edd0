using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Benchmark.Contracts.Volume;

/// <summary>
/// The file-system calls on whose exact behaviour the publish protocol depends. .NET either adds a fallback
/// (<c>File.Move</c> copies across devices) or lacks them (hard links, exclusive mkdir, flushing a directory).
/// </summary>
public static partial class Posix
{
    private const int NoSuchFile = 2;
    private const int Interrupted = 4;
    private const int AlreadyExists = 17;
    private const int NotEmpty = 39;

    private const int DirectoryKind = 0x4000;
    private const int FileKind = 0x8000;

    // O_RDONLY | O_CLOEXEC: the same bits on every architecture, unlike O_DIRECTORY.
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>Creates a directory, and tells whether it was this call that did.</summary>
    /// <returns>False when something of that name exists already.</returns>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static bool TryCreateDirectory(string path) =>
        Try(mkdir(path, Convert.ToUInt32("777", 8)), AlreadyExists, "create directory", path);

    /// <summary>Gives a file a second name.</summary>
    /// <returns>False when something of that name exists already.</returns>
    /// <exception cref="IOException">It cannot be linked.</exception>
    public static bool TryLink(string existing, string name) => Try(link(existing, name), AlreadyExists, "link", name);

    /// <summary>
    /// Renames a file and replaces an existing one, atomically for readers. Does nothing for two names of one file.
    /// </summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static void Rename(string from, string to) => Try(rename(from, to), 0, "rename", to);

    /// <summary>Renames a directory to a name that is free or is an empty directory.</summary>
    /// <returns>False when the name is a directory with content.</returns>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static bool TryRenameDirectory(string from, string to)
    {
        if (rename(from, to) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error is NotEmpty or AlreadyExists ? false : throw Failed(error, "rename", to);
    }

    /// <summary>Removes a name.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static bool TryUnlink(string path) => Try(unlink(path), NoSuchFile, "unlink", path);

    /// <summary>Makes the names in a directory durable.</summary>
    /// <exception cref="IOException">It cannot be flushed.</exception>
    public static void FlushDirectory(string path) => Flush(path, "directory");

    /// <summary>Makes a file's content durable, whoever wrote it.</summary>
    /// <exception cref="IOException">It cannot be flushed.</exception>
    public static void FlushFile(string path) => Flush(path, "file");

    /// <summary>
    /// Makes what was written through a handle durable. <c>FileStream.Flush(true)</c> and
    /// <c>RandomAccess.FlushToDisk</c> call fsync too, but .NET 10 loses its error (seen in 10.0.12:
    /// <c>SystemNative_FSync</c> returns 1, callers look for less than 0), and NFS reports a full disk nowhere else. It
    /// must be the handle that wrote, because an error is reported only once.
    /// </summary>
    /// <exception cref="IOException">It cannot be flushed: the disk is full or has failed.</exception>
    public static void Flush(FileStream stream)
    {
        stream.Flush();
        Flush((int)stream.SafeFileHandle.DangerousGetHandle(), "file", stream.Name);
        GC.KeepAlive(stream);
    }

    /// <summary>
    /// The identity of the file with a name: equal only for two names of one file. A symbolic link is not followed. The
    /// server is asked, not the cache of the NFS client.
    /// </summary>
    /// <returns>Null when nothing has the name.</returns>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public static FileIdentity? Identity(string path)
    {
        const int noFollow = 0x100;
        const int forceSync = 0x2000;
        return Examine(path, noFollow | forceSync)?.Identity;
    }

    /// <summary>When a file or directory was last changed, by the clock of the file system that it is on.</summary>
    /// <exception cref="IOException">It does not exist, or cannot be examined.</exception>
    public static DateTimeOffset ModifiedAt(string path)
    {
        const int forceSync = 0x2000;
        return Examine(path, forceSync)?.Modified ?? throw Failed(NoSuchFile, "examine", path);
    }

    /// <summary>
    /// Whether something has the name. Unlike <c>File.Exists</c>, which also says no when it cannot know: only "no such
    /// file" is a no.
    /// </summary>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public static bool Exists(string path) => Identity(path) is not null;

    /// <summary>Whether the name is that of a directory, or of a symbolic link to one.</summary>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public static bool IsDirectory(string path) => KindOf(path) == DirectoryKind;

    /// <summary>Whether the name is that of a regular file, or of a symbolic link to one.</summary>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public static bool IsFile(string path) => KindOf(path) == FileKind;

    // The bits of S_IFMT.
    private static int? KindOf(string path) => Examine(path, flags: 0)?.Mode & 0xf000;

    private static unsafe (FileIdentity Identity, int Mode, DateTimeOffset Modified)? Examine(string path, int flags)
    {
        const int currentDirectory = -100;
        const uint basicStats = 0x7ff;
        // struct statx has one layout on every architecture: mode at 28, ino at 32, size at 40, the seconds of mtime at
        // 112 and its nanoseconds at 120, device at 136.
        var buffer = stackalloc byte[256];
        if (statx(currentDirectory, path, flags, basicStats, buffer) == 0)
            return (
                new FileIdentity(*(ulong*)(buffer + 136), *(ulong*)(buffer + 32), *(long*)(buffer + 40)),
                *(ushort*)(buffer + 28),
                DateTimeOffset.FromUnixTimeSeconds(*(long*)(buffer + 112)).AddTicks(*(uint*)(buffer + 120) / 100));
        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchFile ? null : throw Failed(error, "examine", path);
    }

    private static void Flush(string path, string what)
    {
        var descriptor = open(path, ReadOnlyCloseOnExec);
        if (descriptor < 0)
            throw Failed(Marshal.GetLastPInvokeError(), $"open {what}", path);
        try
        {
            Flush(descriptor, what, path);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static void Flush(int descriptor, string what, string path)
    {
        int result;
        do
        {
            result = fsync(descriptor);
        }
        while (result != 0 && Marshal.GetLastPInvokeError() == Interrupted);
        Try(result, 0, $"flush {what}", path);
    }

    private static bool Try(int result, int expected, string act, string path)
    {
        if (result == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == expected ? false : throw Failed(error, act, path);
    }

    private static IOException Failed(int error, string act, string path) =>
        new($"Cannot {act} {path}: {new Win32Exception(error).Message} (errno {error}).", error);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdir(string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string existing, string name);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlink(string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* buffer);
}

/// <summary>The identity and length of a file.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file in it.</param>
/// <param name="Bytes">Its length.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode, long Bytes);
