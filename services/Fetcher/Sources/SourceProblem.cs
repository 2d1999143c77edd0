using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>What a source says against a registry, or cannot say now.</summary>
/// <param name="Problem">The problem, at its place in the registry if it is there.</param>
/// <param name="IsOfRegistry">Whether what the registry says is wrong, and not the source out of reach.</param>
public sealed record SourceProblem(RegistryProblem Problem, bool IsOfRegistry)
{
    /// <summary>The problem alone.</summary>
    public override string ToString() => Problem.ToString();

    internal static SourceProblem OfRegistry(RegistryProblem problem) => new(problem, IsOfRegistry: true);

    internal static SourceProblem OfSource(RegistryProblem problem) => new(problem, IsOfRegistry: false);
}
