using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>docker-compose, and what gives containers of Podman a network with names.</summary>
public sealed class NeedsComposeAttribute : NeedsAttribute
{
    private static readonly string[] s_programs =
        ["docker-compose", "netavark", "aardvark-dns", "iptables", "ip", "unshare", "nsenter", "curl", "apt-cache"];

    private static readonly string[] s_directories =
        ["/usr/lib/podman", "/usr/sbin", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')];

    // Not installed by the tests: docker-compose recommends Docker, which starts a server.
    public override string? WhyNot =>
        s_programs.Where(program => !s_directories.Any(directory => File.Exists(Path.Combine(directory, program))))
            .ToList() is { Count: > 0 } missing
            ? "These tests start the composition, and these programs are not on this machine: "
                + $"{string.Join(", ", missing)}. The packages: docker-compose, netavark, aardvark-dns, iptables, "
                + "iproute2 and curl."
            : StandInServers.WhyNot;

    public override bool IsInstallable => false;
}
