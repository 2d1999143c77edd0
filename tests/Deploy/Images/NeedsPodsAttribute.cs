using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>What Podman keeps a pod alive with, while the containers in it come and go.</summary>
public sealed class NeedsPodsAttribute : NeedsAttribute
{
    public override string? WhyNot => DebianPackage.WhyNot("catatonit", "catatonit", "/usr/libexec/podman");
}
