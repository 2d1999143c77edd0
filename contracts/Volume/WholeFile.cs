namespace Benchmark.Contracts.Volume;

/// <summary>
/// Writes a file atomically and durably: readers see the old content or the new, always whole.
/// </summary>
public static class WholeFile
{
    /// <summary>
    /// A hidden, unique name in the target's directory, for a file that will replace the target.
    /// </summary>
    public static string TemporaryFor(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");

    /// <summary>Writes beside the target, flushes, renames over it, and flushes the directory.</summary>
    /// <param name="target">The file; its directory exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed; the target is as it
    /// was.</exception>
    public static void Write(string target, Action<Stream> write)
    {
        using var prepared = Prepare(target, write);
        prepared.Replace();
    }

    /// <summary>Writes beside the target and flushes, so that a full disk shows before anything is replaced.</summary>
    /// <param name="target">The file; its directory exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed.</exception>
    public static PreparedFile Prepare(string target, Action<Stream> write)
    {
        var prepared = new PreparedFile(TemporaryFor(target), target);
        try
        {
            using var stream = new FileStream(
                prepared.Temporary, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            write(stream);
            Posix.Flush(stream);
            return prepared;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }
}

/// <summary>A file's new content, durable beside the file; removed when it is disposed of without use.</summary>
public sealed class PreparedFile : IDisposable
{
    private readonly string _target;
    private bool _used;

    internal PreparedFile(string temporary, string target) => (Temporary, _target) = (temporary, target);

    internal string Temporary { get; }

    /// <summary>Renames it over the target, and flushes the directory.</summary>
    /// <exception cref="IOException">It cannot be renamed; the target is as it was.</exception>
    public void Replace()
    {
        Posix.Rename(Temporary, _target);
        _used = true;
        Posix.FlushDirectory(Path.GetDirectoryName(_target)!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_used)
            Posix.TryUnlink(Temporary);
    }
}
