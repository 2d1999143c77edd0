namespace Benchmark.Hosting;

/// <summary>Where the programs run: on Linux, whose calls publishing needs.</summary>
public static class SupportedPlatform
{
    /// <summary>What to say instead of starting; null on Linux.</summary>
    /// <param name="isLinux">Whether this is Linux.</param>
    /// <param name="isWindows">Whether it is Windows.</param>
    public static string? Problem(bool isLinux, bool isWindows) => isLinux ? null
        : "Benchmark runs on Linux only: it publishes by calls of its C library. "
            + $"Run it {(isWindows ? "in WSL (wsl --install) or " : "")}in its container image: deploy/README.md.";

    /// <summary>The same of this machine.</summary>
    public static string? Problem() => Problem(OperatingSystem.IsLinux(), OperatingSystem.IsWindows());
}
