namespace Benchmark.Contracts.Registry;

/// <summary>The list of models, as it is now and as runs are pinned to it.</summary>
public interface IRegistry
{
    /// <summary>The last registry that was read without a problem.</summary>
    /// <exception cref="RegistryException">None has been read yet; the exception lists every problem.</exception>
    ModelRegistry Current { get; }

    /// <summary>Keeps the current registry for the runs that start with it, and returns it.</summary>
    /// <exception cref="RegistryException">None has been read yet.</exception>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    ModelRegistry Pin();

    /// <summary>The registry of that hash; the current one when the hash is null or nothing is kept under it.</summary>
    /// <exception cref="RegistryException">None has been read yet.</exception>
    ModelRegistry Pinned(string? sha256);
}
