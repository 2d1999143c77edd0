namespace Benchmark.Tests.Support;

/// <summary>Files of the repository that tests hold generated text against.</summary>
public static class Approved
{
    /// <summary>The repository's directory.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Fails when the text differs from the file, and says how to accept it.</summary>
    public static void Match(string file, string actual)
    {
        var approved = Path.Combine(Root, file);
        var received = Path.Combine(AppContext.BaseDirectory, $"{Path.GetFileName(file)}.received");
        File.WriteAllText(received, actual);

        (File.Exists(approved) ? File.ReadAllText(approved) : "").Should().Be(actual,
            "{0} is made of the code; if the change is meant: cp {1} {2}", file, received, approved);
    }

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Benchmark.sln")))
                return directory.FullName;
        }
        throw new DirectoryNotFoundException("Benchmark.sln is in no directory above the tests.");
    }
}
