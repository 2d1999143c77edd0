namespace Benchmark.Contracts.Registry;

/// <summary>The registry: its current content, and the content that each run is pinned to.</summary>
public interface IRegistry
{
    /// <summary>The last registry that was read without a problem.</summary>
    /// <exception cref="RegistryException">None has been read yet; the exception lists every problem.</exception>
    ModelRegistry Current { get; }

    /// <summary>Stores the current registry on the volume for runs that start now, and returns it.</summary>
    /// <exception cref="RegistryException">None has been read yet.</exception>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    ModelRegistry Pin();

    /// <summary>The registry with this hash; the current one when the hash is null or not stored.</summary>
    /// <exception cref="RegistryException">None has been read yet.</exception>
    ModelRegistry Pinned(string? sha256);
}
