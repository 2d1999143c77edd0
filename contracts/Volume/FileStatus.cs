namespace Benchmark.Contracts.Volume;

/// <summary>What the file system knows of a file or directory.</summary>
/// <param name="Identity">Which file it is, and its length.</param>
/// <param name="Kind">The bits of S_IFMT.</param>
/// <param name="Mode">The permissions, such as 0444 in octal.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Modified">When it was last changed, by the clock of its file system.</param>
public readonly record struct FileStatus(
    FileIdentity Identity, int Kind, int Mode, long Links, DateTimeOffset Modified)
{
    internal const int BufferSize = 256;

    internal const uint BasicStats = 0x7ff;

    /// <summary>Tells a replaced file from the one before: an inode alone may be used again.</summary>
    public FileStamp Stamp => new(Identity, Modified);

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => Kind == 0x4000;

    /// <summary>Whether it is a regular file.</summary>
    public bool IsFile => Kind == 0x8000;

    // struct statx has one layout on every architecture: nlink at 16, mode at 28, ino at 32, size at 40, the seconds of
    // mtime at 112 and its nanoseconds at 120, device at 136.
    internal static unsafe FileStatus Of(byte* statx)
    {
        var mode = *(ushort*)(statx + 28);
        return new FileStatus(
            new FileIdentity(*(ulong*)(statx + 136), *(ulong*)(statx + 32), *(long*)(statx + 40)),
            mode & 0xf000,
            mode & 0xfff,
            *(uint*)(statx + 16),
            DateTimeOffset.FromUnixTimeSeconds(*(long*)(statx + 112)).AddTicks(*(uint*)(statx + 120) / 100));
    }
}

/// <summary>The identity and length of a file.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file in it.</param>
/// <param name="Bytes">Its length.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode, long Bytes);

/// <summary>Which file it is, and when it was last changed.</summary>
/// <param name="Identity">The file, and its length.</param>
/// <param name="Modified">By the clock of its file system.</param>
public readonly record struct FileStamp(FileIdentity Identity, DateTimeOffset Modified);
