namespace Benchmark.Deploy.Tests.Nfs;

/// <summary>What a user of OpenShift's choice has written, the user of another namespace must be able to go on with.
/// </summary>
[NeedsKernelNfs]
public sealed class Changing_users_over_nfs(UsersMachine machine) : IClassFixture<UsersMachine>
{
    private const string Model = "model_x";

    [Theory(Timeout = Machine.Patience)]
    [InlineData("efs")]
    [InlineData("open")]
    public async Task Lets_the_second_publish_over_roll_back_to_and_prune_what_the_first_wrote(string volume)
    {
        string[] steps =
            ["refresh-1", "refresh-2", "rollback-3", "pin", "refresh-4", "rollback-5", "unpin", "verify", "prune"];

        var report = await machine.ReportAsync();

        foreach (var name in steps)
        {
            var step = report.Step($"{volume}-{name}");
            step.ExitCode.Should().Be(0, $"{name}: {step.Output}{step.Error}");
        }
        var versions = report.Versions(Model, volume);
        versions.All.Select(version => version.Name).Should().Equal("000005");
        versions.ServedSha256.Should().Be(versions.All[0].Sha256).And.Be(versions.Facts.Sha256);
        versions.Facts.RolledBackFrom.Should().Be(2);
    }
}
