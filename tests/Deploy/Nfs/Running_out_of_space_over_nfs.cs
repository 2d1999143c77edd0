namespace Benchmark.Deploy.Tests.Nfs;

/// <summary>NFS reports a full disk and a used-up quota late: when a file is flushed.</summary>
[NeedsKernelNfs]
public sealed class Running_out_of_space_over_nfs(FillingMachine machine) : IClassFixture<FillingMachine>
{
    private const string Model = "model_x";

    [Theory(Timeout = Machine.Patience)]
    [InlineData("full", "No space left on device")]
    [InlineData("quota", "Disk quota exceeded")]
    public async Task Says_what_is_used_up(string volume, string reason)
    {
        var report = await machine.ReportAsync();

        var refresh = report.Step($"{volume}-used-up");
        refresh.ExitCode.Should().Be(2, refresh.Error);
        refresh.Model(Model).GetProperty("outcome").GetString().Should().Be("failed");
        refresh.Model(Model).GetProperty("reason").GetString().Should().Contain(reason).And.Contain($"/run/{volume}/");
    }

    [Theory(Timeout = Machine.Patience)]
    [InlineData("full")]
    [InlineData("quota")]
    public async Task Serves_the_previous_version_until_there_is_space_again(string volume)
    {
        var report = await machine.ReportAsync();

        var versions = report.Versions(Model, volume);
        report.Step($"{volume}-second").ExitCode.Should().Be(0, report.Step($"{volume}-second").Output);
        versions.All.Should().HaveCount(2).And.OnlyContain(version => version.Sha256 == version.Manifest.Sha256);
        report.Served(Model, volume).Select(served => served.Sha256)
            .Should().Equal(versions.All[0].Sha256, versions.All[0].Sha256, versions.All[1].Sha256);
        versions.ServedSha256.Should().Be(versions.All[1].Sha256);
    }

    [Fact(Timeout = Machine.Patience)]
    public async Task Is_found_by_the_check()
    {
        var report = await machine.ReportAsync();

        report.Step("check").ExitCode.Should().Be(3);
        report.Step("check").Output.Should().Contain("/run/quota").And.Contain("Disk quota exceeded");
    }
}
