namespace Benchmark.Hosting.Tests;

public sealed class Running_on_Linux_only
{
    [Fact]
    public void Says_nothing_on_Linux() => SupportedPlatform.Problem().Should().BeNull();

    [Fact]
    public void Leads_to_WSL_on_Windows() =>
        SupportedPlatform.Problem(isLinux: false, isWindows: true).Should().Contain("Linux only").And.Contain("WSL");

    [Fact]
    public void Leads_to_the_container_elsewhere() =>
        SupportedPlatform.Problem(isLinux: false, isWindows: false).Should().Contain("container").And.NotContain("WSL");
}
