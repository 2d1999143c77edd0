using Benchmark.Contracts.Registry;

namespace Benchmark.Cli;

/// <summary>The registry, for commands that only read it.</summary>
internal static class RegistryFile
{
    /// <summary>Reads the registry as a service would.</summary>
    /// <exception cref="RegistryException">It is invalid; the exception lists every problem.</exception>
    public static ModelRegistry Read(Invocation invocation) => RegistryReader.Read(
        invocation.RegistryPath, RegistryReader.ProcessEnvironment(), invocation.Volume.Root);
}
