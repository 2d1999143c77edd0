using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>The secrets of connections: variables of this process, which alone opens sources.</summary>
internal static class SourceSecrets
{
    /// <summary>The source with its secrets in its connection.</summary>
    /// <exception cref="FetchRefusedException">A variable is not set.</exception>
    public static SourceDefinition Expand(SourceDefinition source)
    {
        var expanded = source.Expand(RegistryReader.ProcessEnvironment(), out var missing);
        return missing is [] ? expanded : throw new FetchRefusedException(
            $"The source {source} cannot be opened: environment variable {string.Join(", ", missing)} is not set in "
            + "this process, and its connection needs it.",
            "Set it where the Fetcher runs (in Kubernetes from a Secret) and restart the Fetcher, or give the model "
            + "another source.");
    }

    /// <summary>The sources in use that cannot be opened, each with the variables that are not set.</summary>
    public static IEnumerable<(SourceDefinition Source, IReadOnlyList<string> Missing)> Missing(ModelRegistry registry)
    {
        var environment = RegistryReader.ProcessEnvironment();
        var used = registry.Models.Select(model => model.Source).ToHashSet();
        foreach (var source in registry.Sources.Values.Where(source => used.Contains(source.Name)))
        {
            source.Expand(environment, out var missing);
            if (missing.Count > 0)
                yield return (source, missing);
        }
    }
}
