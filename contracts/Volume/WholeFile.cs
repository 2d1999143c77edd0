namespace Benchmark.Contracts.Volume;

/// <summary>
/// Writes files that are made once and then replaced, never changed: readers see the old content or the new, always
/// whole. From the moment they exist, nobody may write into them.
/// </summary>
public static class WholeFile
{
    private const int AlreadyExists = 17;

    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>
    /// A hidden, unique name in the target's directory, for a file that will replace the target.
    /// </summary>
    /// <param name="target">The file that will be replaced.</param>
    /// <param name="tag">What else the name says; nothing when null.</param>
    public static string TemporaryFor(string target, string? tag = null) => Path.Combine(
        Path.GetDirectoryName(target)!,
        $".{Path.GetFileName(target)}.{(tag is null ? "" : $"{tag}.")}{Guid.NewGuid():N}.tmp");

    /// <summary>Writes beside the target, flushes, renames over it, and flushes the directory.</summary>
    /// <param name="target">The file; its directory exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed; the target is as it
    /// was.</exception>
    public static void Write(string target, Action<Stream> write)
    {
        using var prepared = Prepare(target, write);
        prepared.Replace();
        Posix.FlushDirectory(Path.GetDirectoryName(target)!);
    }

    /// <summary>
    /// Writes a file that nobody looks for before they are told of it, under its own name and not flushed: a third of
    /// the calls, but a crash of the machine may lose it, and one of the process may leave a part.
    /// </summary>
    /// <returns>False when there is one already, which stays.</returns>
    /// <exception cref="IOException">It cannot be written; a part of it may be left.</exception>
    public static bool TryCreate(string target, Action<Stream> write)
    {
        try
        {
            using var stream = New(target, mode: FileMode.CreateNew);
            write(stream);
            // NFS reports a full disk here at the latest.
            Posix.Close(stream);
            return true;
        }
        catch (IOException e) when (e.HResult == AlreadyExists)
        {
            return false;
        }
    }

    /// <summary>Writes beside the target and flushes, so that a full disk shows before anything is replaced.</summary>
    /// <param name="target">The file; its directory exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="tag">What its temporary name says; nothing when null.</param>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed.</exception>
    public static PreparedFile Prepare(string target, Action<Stream> write, string? tag = null)
    {
        var prepared = new PreparedFile(TemporaryFor(target, tag), target);
        try
        {
            WriteNew(prepared.Temporary, write);
            return prepared;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file under a name that is nobody else's, and makes its content durable.</summary>
    /// <exception cref="IOException">It cannot be written; a part of it may be left.</exception>
    public static void WriteNew(string path, Action<Stream> write)
    {
        using var stream = New(path);
        write(stream);
        Posix.Flush(stream);
    }

    /// <summary>Creates a file to be written through this stream and no other.</summary>
    /// <param name="path">Its name, which is nobody else's.</param>
    /// <param name="access">What this stream may do.</param>
    /// <param name="bufferSize">0 for who writes in blocks.</param>
    /// <param name="mode">
    /// <see cref="FileMode.CreateNew"/> for a name that somebody may have taken. On NFS that is two calls, and until
    /// the second the file has no time.
    /// </param>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static FileStream New(
        string path, FileAccess access = FileAccess.Write, int bufferSize = 4096, FileMode mode = FileMode.Create) =>
#pragma warning disable CA1416 // Not on Windows, where nothing of Posix is either.
        new(path, new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = bufferSize,
            // Made so, which costs no call, and which access points allow: whoever has it open for writing may write.
            UnixCreateMode = ReadOnly,
        });
#pragma warning restore CA1416
}

/// <summary>A file's new content, durable beside the file; removed when it is disposed of without use.</summary>
public sealed class PreparedFile : IDisposable
{
    private readonly string _target;
    private bool _used;

    internal PreparedFile(string temporary, string target) => (Temporary, _target) = (temporary, target);

    /// <summary>Its temporary name.</summary>
    public string Temporary { get; }

    /// <summary>Renames it over the target. The name is durable once the directory is flushed.</summary>
    /// <exception cref="IOException">It cannot be renamed; the target is as it was.</exception>
    public void Replace()
    {
        Posix.Rename(Temporary, _target);
        _used = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_used)
            Posix.TryUnlink(Temporary);
    }
}
