using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>What the sources that are files have in common.</summary>
internal static class SourceFiles
{
    public static FetchRefusedException Missing(SourceDefinition source, string path) => new(
        $"The database file {Path.GetFullPath(path)} of source {source} does not exist.",
        $"Correct 'connection' of the source '{source.Name}' in the registry, or mount the file; "
        + "a relative path starts at the working directory.");
}
