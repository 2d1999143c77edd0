using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Benchmark.Contracts.Volume;

/// <summary>
/// The file-system calls on whose exact behaviour the publish protocol depends. .NET either adds a fallback
/// (<c>File.Move</c> copies across devices) or lacks them (hard links, exclusive mkdir, flushing a directory).
/// </summary>
public static partial class Posix
{
    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int Interrupted = 4;
    private const int AlreadyExists = 17;
    private const int NotADirectory = 20;
    private const int NotEmpty = 39;

    private const uint OwnerMayWrite = 0x80;

    // Of statx(2): a symbolic link is not followed; the server is asked, not the cache of the NFS client.
    private const int NoFollow = 0x100;
    private const int ForceSync = 0x2000;

    /// <summary>Creates a directory, and tells whether it was this call that did.</summary>
    /// <returns>False when something of that name exists already.</returns>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static bool TryCreateDirectory(string path) =>
        Try(mkdir(path, Convert.ToUInt32("777", 8)), AlreadyExists, "create directory", path);

    /// <summary>Whether a call was refused because of whom the file belongs to.</summary>
    public static bool IsNotPermitted(IOException failed) => failed.HResult == NotPermitted;

    /// <summary>Gives a file a second name.</summary>
    /// <returns>False when something of that name exists already.</returns>
    /// <exception cref="IOException">It cannot be linked.</exception>
    public static bool TryLink(string existing, string name)
    {
        if (link(existing, name) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        // Where fs.protected_hardlinks is set, as on most nodes, a file may be linked by whoever owns it or may write
        // it. Behind an access point its owner is another user, and ours are read-only: so for this call, writable.
        if (error == NotPermitted && Examine(existing) is { IsFile: true } file
            && chmod(existing, (uint)file.Mode | OwnerMayWrite) == 0)
        {
            error = link(existing, name) == 0 ? 0 : Marshal.GetLastPInvokeError();
            Try(chmod(existing, (uint)file.Mode), 0, "make read-only", existing);
        }
        return error is 0 or AlreadyExists ? error == 0 : throw Failed(error, "link", name);
    }

    /// <summary>Lets the owner of a directory change what is in it; the opposite of a sealed version.</summary>
    /// <returns>False when it is of somebody else, whose group may be allowed to all the same.</returns>
    /// <exception cref="IOException">It does not exist, or the volume has failed.</exception>
    public static bool TryMakeWritable(string directory) =>
        Try(chmod(directory, Convert.ToUInt32("755", 8)), NotPermitted, "make writable", directory);

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

    /// <summary>Removes an empty directory.</summary>
    /// <returns>False when it is not empty, or there is none.</returns>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static bool TryRemoveDirectory(string path)
    {
        if (rmdir(path) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error is NotEmpty or AlreadyExists or NoSuchFile ? false : throw Failed(error, "remove directory", path);
    }

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

    /// <summary>Closes a file that was written, and hears of what could not be: NFS writes no later.</summary>
    /// <exception cref="IOException">Not all of it was written: the disk is full or has failed.</exception>
    public static void Close(FileStream stream)
    {
        stream.Flush();
        var descriptor = (int)stream.SafeFileHandle.DangerousGetHandle();
        // Closed exactly once, and by this call: Dispose would hide the error.
        stream.SafeFileHandle.SetHandleAsInvalid();
        Try(close(descriptor), 0, "write file", stream.Name);
        stream.Dispose();
    }

    /// <summary>
    /// What has a name; a symbolic link is not followed. The server is asked, not the cache of the NFS client.
    /// </summary>
    /// <returns>Null when nothing has the name.</returns>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public static FileStatus? Examine(string path) => Examine(path, NoFollow | ForceSync);

    /// <summary>The identity of what has a name: equal only for two names of one file.</summary>
    /// <inheritdoc cref="Examine(string)"/>
    public static FileIdentity? Identity(string path) => Examine(path)?.Identity;

    /// <summary>The same of what a symbolic link leads to.</summary>
    /// <inheritdoc cref="Examine(string)"/>
    public static FileIdentity? TargetIdentity(string path) => Examine(path, ForceSync)?.Identity;

    /// <summary>When a file or directory was last changed, by the clock of the file system that it is on.</summary>
    /// <exception cref="IOException">It does not exist, or cannot be examined.</exception>
    public static DateTimeOffset ModifiedAt(string path) =>
        Examine(path, ForceSync)?.Modified ?? throw Failed(NoSuchFile, "examine", path);

    /// <summary>When a file that is open was last changed, by the clock of the file system that it is on.</summary>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public static DateTimeOffset ModifiedAt(FileStream file) =>
        PosixFile.Examine(file.SafeFileHandle, file.Name).Modified;

    /// <summary>
    /// Whether something has the name. Unlike <c>File.Exists</c>, which also says no when it cannot know: only "no such
    /// file" is a no.
    /// </summary>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public static bool Exists(string path) => Examine(path) is not null;

    /// <summary>Whether the name is that of a directory, or of a symbolic link to one.</summary>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public static bool IsDirectory(string path) => Examine(path, flags: 0) is { IsDirectory: true };

    /// <summary>Whether the name is that of a regular file, or of a symbolic link to one.</summary>
    /// <exception cref="IOException">It cannot be examined.</exception>
    public static bool IsFile(string path) => Examine(path, flags: 0) is { IsFile: true };

    private static unsafe FileStatus? Examine(string path, int flags)
    {
        const int currentDirectory = -100;
        var buffer = stackalloc byte[FileStatus.BufferSize];
        if (statx(currentDirectory, path, flags, FileStatus.BasicStats, buffer) == 0)
            return FileStatus.Of(buffer);
        var error = Marshal.GetLastPInvokeError();
        return error is NoSuchFile or NotADirectory ? null : throw Failed(error, "examine", path);
    }

    private static void Flush(string path, string what)
    {
        using var opened = PosixFile.Open(path, what);
        opened.Flush();
    }

    internal static void Flush(int descriptor, string what, string path)
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

    internal static IOException Failed(int error, string act, string path) =>
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
    private static partial int rmdir(string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int chmod(string path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* buffer);
}
