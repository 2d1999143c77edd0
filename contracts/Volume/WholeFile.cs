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
        var temporary = TemporaryFor(target);
        try
        {
            using (var stream = new FileStream(
                temporary, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
                write(stream);
                Posix.Flush(stream);
            }
            Posix.Rename(temporary, target);
        }
        catch
        {
            Posix.TryUnlink(temporary);
            throw;
        }
        Posix.FlushDirectory(Path.GetDirectoryName(target)!);
    }
}
