using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>The files that a build of an image gets: what <c>Dockerfile.dockerignore</c> lets through.</summary>
internal static class BuildContext
{
    /// <summary>The files and folders that it names, relative to the root of the repository.</summary>
    public static IReadOnlyList<string> Entries { get; } =
        [.. RepositoryRoot.Read("deploy/docker/Dockerfile.dockerignore").Split('\n')
            .Where(line => line.StartsWith('!')).Select(line => line[1..])];

    /// <summary>Copies them, without what has been built in them.</summary>
    public static string CopyTo(string directory)
    {
        foreach (var entry in Entries)
            ChildProcess.Run("sh", ["-euc", $"""
                mkdir -p '{directory}'
                cd '{RepositoryRoot.PathOf("")}'
                tar --create --exclude=bin --exclude=obj '{entry}' | tar --extract --directory '{directory}'
                """]);
        return directory;
    }
}
