namespace Benchmark.Contracts.Volume;

/// <summary>What is in a directory, by name alone.</summary>
public static class DirectoryEntries
{
    /// <summary>
    /// The paths of everything in a directory, in no order; none when there is no such directory. .NET's
    /// <c>EnumerateDirectories</c> would hide what it fails to examine.
    /// </summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be listed.</exception>
    public static IReadOnlyList<string> Of(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Those whose names begin and end so.</summary>
    public static IEnumerable<string> Of(string directory, string prefix, string suffix = "") =>
        Of(directory).Where(path => Path.GetFileName(path) is var name
            && name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal));
}
