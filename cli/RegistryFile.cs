using Benchmark.Contracts.Registry;

namespace Benchmark.Cli;

/// <summary>The registry, for commands that only read it.</summary>
internal static class RegistryFile
{
    /// <summary>Reads the registry as a service would.</summary>
    /// <param name="invocation">Says where it is.</param>
    /// <param name="toOpenSources">Whether the variables that connections name must be set as well.</param>
    /// <exception cref="RegistryException">It is invalid; the exception lists every problem.</exception>
    public static ModelRegistry Read(Invocation invocation, bool toOpenSources = false) => RegistryReader.Read(
        invocation.RegistryPath, RegistryReader.ProcessEnvironment(), invocation.Volume.Root, toOpenSources);
}
