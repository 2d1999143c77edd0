using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <inheritdoc cref="LocalPodman.WhyNot"/>
/// <remarks>The kernel decides: a machine within a container may have no right to start one.</remarks>
public sealed class NeedsContainersAttribute : NeedsAttribute
{
    public override string? WhyNot => LocalPodman.WhyNot;

    public override bool IsInstallable => false;
}
