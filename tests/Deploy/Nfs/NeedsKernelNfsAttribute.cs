using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Nfs;

/// <inheritdoc cref="UserModeLinux"/>
internal sealed class NeedsKernelNfsAttribute : NeedsAttribute
{
    // Boots one, which takes 2 s, once for all tests.
    private static readonly Lazy<string?> s_whyNot = new(() => Task.Run(UserModeLinux.WhyNotAsync).Result);

    public override string? WhyNot => s_whyNot.Value;

    /// <summary>Some machines forbid what it needs (ptrace, executable shared memory), whatever is installed.</summary>
    public override bool IsInstallable => false;
}
