namespace Benchmark.Tests.Support;

/// <summary>Files of the repository that tests hold generated text against.</summary>
public static class Approved
{
    /// <summary>Fails when the text differs from the file, and says how to accept it.</summary>
    /// <param name="file">Relative to <see cref="RepositoryRoot"/>.</param>
    /// <param name="actual">What the code makes today.</param>
    public static void Match(string file, string actual)
    {
        var approved = RepositoryRoot.PathOf(file);
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (expected == actual)
            return;
        var received = Path.Combine(AppContext.BaseDirectory, $"{Path.GetFileName(file)}.received");
        File.WriteAllText(received, actual);

        expected.Should().Be(actual,
            "{0} is made of the code; if the change is meant: cp {1} {2}", file, received, approved);
    }
}
