namespace Benchmark.Tests.Support;

/// <summary>The directory of the repository that these tests were built in.</summary>
public static class RepositoryRoot
{
    private static readonly string s_directory = Find();

    /// <summary>The path of a file or directory, given relative to the root: <c>docs/registry.md</c>.</summary>
    public static string PathOf(string relative) => Path.Combine(s_directory, relative);

    /// <summary>The text of a file, given relative to the root.</summary>
    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Benchmark.sln")))
            directory = directory.Parent
                ?? throw new DirectoryNotFoundException("Benchmark.sln is in no directory above the tests.");
        return directory.FullName;
    }
}
